#include "reports/gate_sentences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/comparison_sentences.hpp"
#include "reports/expectation_sentences.hpp"
#include "reports/quantities.hpp"
#include "reports/sentences.hpp"
#include "reports/simulation_sentences.hpp"

namespace countercheck {
namespace {

std::string quotient(double ratio) {
  if (std::isinf(ratio)) return "from 0";
  return ratio >= 0.1 && ratio < 1000 ? fmt::format("{:.3f}", ratio) : significant(ratio, 3);
}

// "time", or "roll-add, size 512: time" where there are several matches.
std::string name_of(const GateMatch& match, const std::string& what) {
  return match.name.empty() ? what : match.name + ": " + what;
}

const Row& row_of(const GateMatch& match, const GateRow& row) {
  return match.comparison.rows[row.row];
}

// "page-faults 4.210", of the rows that decide and have this verdict.
std::vector<std::string> rows_with(const Gate& gate, Verdict verdict) {
  std::vector<std::string> named;
  for (const GateMatch& match : gate.matches) {
    for (const GateRow& row : match.rows) {
      if (!row.decides || row.judged.verdict != verdict) continue;
      const std::string figure = is_compared(row.judged) ? " " + shown_quotient(row.judged) : "";
      named.push_back(name_of(match, row_of(match, row).name) + figure);
    }
  }
  return named;
}

std::vector<std::string> expectations_with(const Gate& gate, Answer answer) {
  std::vector<std::string> named;
  for (const GateMatch& match : gate.matches) {
    for (const GateExpectation& expectation : match.expectations) {
      if (expectation.answer == answer) named.push_back(name_of(match, "'" + expectation.judgement.text + "'"));
    }
  }
  return named;
}

// As many as fit into one sentence: the tables have them all.
std::string first_of(std::vector<std::string> named) {
  constexpr std::size_t kMost = 4;
  if (named.size() <= kMost + 1) return listed(named);
  const std::size_t more = named.size() - kMost;
  named.resize(kMost);
  named.push_back(fmt::format("{} more", more));
  return listed(named);
}

std::string holds_sentence(const Gate& gate) {
  std::vector<std::string> parts;
  if (const auto better = rows_with(gate, Verdict::better); !better.empty())
    parts.push_back("better: " + first_of(better));
  if (const auto equal = rows_with(gate, Verdict::equal); !equal.empty()) {
    parts.push_back(fmt::format("equal within {:g} %: {}", 100 * gate.terms.tolerance, first_of(equal)));
  }
  if (const auto confirmed = expectations_with(gate, Answer::holds); !confirmed.empty()) {
    parts.push_back("confirmed: " + first_of(confirmed));
  }
  std::string text = "holds";
  for (std::size_t at = 0; at < parts.size(); ++at) text += (at == 0 ? ": " : "; ") + parts[at];
  return text;
}

std::string undecided_sentence(const Gate& gate) {
  std::vector<std::string> named = rows_with(gate, Verdict::undecided);
  for (const GateMatch& match : gate.matches) {
    for (const GateLack& lack : match.lacking) named.push_back(name_of(match, lack.event + " (not counted)"));
  }
  for (auto& one : expectations_with(gate, Answer::undecided)) named.push_back(std::move(one));
  if (named.empty()) return "undecided: nothing was counted that could decide";
  return "undecided: " + first_of(named);
}

std::string differs_sentence(const Gate& gate) {
  std::vector<std::string> named;
  for (const GateMatch& match : gate.matches) {
    if (match.answer == Answer::differs) named.push_back(match.name);
  }
  return "differs: the candidate computed something else than the baseline" +
         (named.front().empty() ? "" : " in " + first_of(named));
}

void append(std::vector<std::string>& all, const std::vector<std::string>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

std::vector<std::string> reasons_of(const GateMatch& match) {
  std::vector<std::string> sentences;
  for (const GateRow& row : match.rows) {
    if (row.judged.verdict == Verdict::undecided && !row.judged.why.empty()) {
      sentences.push_back(fmt::format("{} is undecided: {}", row_of(match, row).name, row.judged.why));
    }
  }
  for (const GateLack& lack : match.lacking) {
    sentences.push_back(fmt::format("{} was to decide and was not counted: {}", lack.event, lack.why));
  }
  return sentences;
}

std::vector<std::string> legend(const GateMatch& match, bool spreads) {
  std::vector<std::string> sentences;
  const auto any = [&](auto holds) {
    return std::any_of(match.rows.begin(), match.rows.end(), [&](const GateRow& row) {
      const auto& cells = row_of(match, row).cells;
      return std::any_of(cells.begin(), cells.end(), holds);
    });
  };
  if (any([](const Cell& cell) { return cell.n > 1; })) {
    sentences.emplace_back(spreads
                               ? "each value is the median of the samples; ± is their standard deviation relative to it"
                               : "each value is the median of the samples");
  }
  if (spreads && any([](const Cell& cell) { return cell.exact; })) sentences.emplace_back("= the same in every sample");
  return sentences;
}

}  // namespace

std::string answer_sentence(const Gate& gate) {
  switch (gate.answer) {
    case Answer::holds:
      return holds_sentence(gate);
    case Answer::undecided:
      return undecided_sentence(gate);
    case Answer::refuted:
      return "refuted: " + first_of(expectations_with(gate, Answer::refuted));
    case Answer::worse:
      return "worse: " + first_of(rows_with(gate, Verdict::worse)) + " times the baseline's";
    case Answer::differs:
      break;
  }
  return differs_sentence(gate);
}

std::string row_sentence(const GateMatch& match, const GateRow& row) {
  const Judged& judged = row.judged;
  std::string text = fmt::format("{} is {}", row_of(match, row).name, to_string(judged.verdict));
  if (judged.ratio) text += fmt::format(": {} times the baseline's", shown_quotient(judged));
  if (judged.both_zero) text += ": both are 0";
  if (const std::string interval = shown_interval(judged); !interval.empty()) text += ", " + interval;
  if (!judged.why.empty()) text += (is_compared(judged) ? "; " : ": ") + judged.why;
  return text;
}

std::string shown_quotient(const Judged& judged) {
  if (judged.both_zero) return "both 0";
  return judged.ratio ? quotient(*judged.ratio) : "?";
}

std::string shown_interval(const Judged& judged) {
  if (!is_compared(judged) || (judged.both_zero && judged.low == judged.high)) return "";
  if (judged.exact) return "exact";
  if (judged.low == 0 && std::isinf(judged.high)) return "";
  const std::string high = std::isinf(judged.high) ? "any" : quotient(judged.high);
  return fmt::format("{} to {}", quotient(judged.low), high);
}

std::string shown_verdict(const Gate& gate, const GateRow& row) {
  std::string text(to_string(row.judged.verdict));
  const bool the_same = row.judged.both_zero || (row.judged.exact && row.judged.ratio == 1.0);
  if (row.judged.verdict == Verdict::equal && !the_same)
    text += fmt::format(" within {:g} %", 100 * gate.terms.tolerance);
  if (row.across) text += " X";
  return row.decides ? text : "(" + text + ")";
}

std::vector<std::string> gate_heading(const Gate& gate) {
  std::vector<std::string> sentences = {"baseline:  " + gate.terms.baseline, "candidate: " + gate.terms.candidate};
  append(sentences, gate.terms.how);
  return sentences;
}

std::vector<std::string> expectation_sentences(const GateMatch& match) {
  std::vector<std::string> sentences;
  for (const GateExpectation& one : match.expectations) sentences.push_back(expectation_sentence(one.judgement));
  return sentences;
}

std::vector<std::string> match_sentences(const Gate& gate, const GateMatch& match, bool spreads) {
  std::vector<std::string> sentences = reasons_of(match);
  append(sentences, match.notes);
  const auto any = [&](auto holds) { return std::any_of(match.rows.begin(), match.rows.end(), holds); };
  if (any([](const GateRow& row) { return !row.decides; })) {
    sentences.emplace_back("(a verdict in brackets) decides nothing here: its event was not asked for");
  }
  if (any([](const GateRow& row) { return row.across; })) {
    sentences.emplace_back("X: compared across different machines, because that was asked for");
  }
  if (any([](const GateRow& row) { return !row.judged.exact && !shown_interval(row.judged).empty(); })) {
    sentences.push_back(fmt::format("the intervals hold together at {:g} %", 100 * gate.terms.confidence));
  }
  // The whole process marks no region, in which alone a program tells what it computed.
  if (match.comparison.region) append(sentences, digest_sentences(match.comparison));
  append(sentences, wrong_result_sentences(match.comparison));
  append(sentences, legend(match, spreads));
  if (const std::string sources = source_legend(match.comparison); !sources.empty()) sentences.push_back(sources);
  append(sentences, simulation_sentences(match.comparison));
  append(sentences, footnote_sentences(match.comparison));
  append(sentences, uncounted_sentences(match.comparison));
  append(sentences, match.comparison.notes);
  return sentences;
}

}  // namespace countercheck
