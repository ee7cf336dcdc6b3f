#include "reports/comparison_sentences.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/statistics.hpp"
#include "counters/counted_noun.hpp"
#include "reports/quantities.hpp"
#include "reports/sentences.hpp"
#include "reports/verdict_text.hpp"

namespace countercheck {
namespace {

std::string item_name(const Comparison& comparison) {
  return comparison.work_item.empty() ? "work item" : comparison.work_item;
}

// The span over all variants that have one.
template <typename Get>
std::optional<Span> over_all(const Comparison& comparison, Get get) {
  std::optional<Span> all;
  for (const Column& column : comparison.columns) {
    const std::optional<Span> own = get(column.outcome);
    if (!own) continue;
    all = all ? Span{std::min(all->least, own->least), std::max(all->most, own->most)} : *own;
  }
  return all;
}

std::string work_done(const Comparison& comparison) {
  const auto items = over_all(comparison, [](const Outcome& outcome) { return outcome.work_items; });
  if (!items) return "";
  const std::string noun = item_name(comparison) + (items->most == 1 ? "" : "s");
  return fmt::format("{} {} in each sample", shown_span(*items), noun);
}

bool cell_somewhere(const Comparison& comparison, bool (*holds)(const Cell&)) {
  return std::any_of(comparison.rows.begin(), comparison.rows.end(), [&](const Row& row) {
    return std::any_of(row.cells.begin(), row.cells.end(),
                       [&](const Cell& cell) { return !cell.absence && holds(cell); });
  });
}

std::string name_of(const Comparison& comparison, std::size_t variant) {
  return comparison.columns[variant].name;
}

// Two times that are told apart must not read "1.00x".
std::string as_fast(double times) {
  const bool close = times > 1 && times < 1.005;
  return (close ? significant(times, 5) + "x" : shown_ratio(times)) + " as fast as";
}

// "0.984 [0.969, 1.001]"
std::string with_interval(const Comparison& comparison, const Judged& judged) {
  const VerdictText text = verdict_text(judged, comparison.inference);
  return text.ratio + (text.interval.empty() ? "" : " " + text.interval);
}

std::string verdict(const Comparison& comparison, const Lead& lead) {
  const std::string fastest = name_of(comparison, lead.fastest);
  const std::string other = name_of(comparison, lead.other);
  const Judged& judged = lead.judged;
  const std::string drift = drift_mark(judged, comparison.inference);
  switch (judged.verdict) {
    case Verdict::better:
      if (lead.fastest == comparison.baseline) {
        return fmt::format("fastest: {}, the baseline, {} the next, {}{}", fastest, as_fast(lead.times_as_fast), other,
                           drift);
      }
      return fmt::format("fastest: {}, {} {}{}", fastest, as_fast(lead.times_as_fast), other, drift);
    case Verdict::equal:
      return fmt::format("equal: {} takes the time of {} within {}, {} of it{}", fastest, other,
                         shown_tolerance(comparison.inference.tolerance), with_interval(comparison, judged), drift);
    case Verdict::worse:  // as it may come out where the median of the ratios is not the ratio of the medians
    case Verdict::undecided:
      break;
  }
  if (!judged.why.empty()) {
    return fmt::format("undecided: {} took the least time, {} {}, but {}", fastest, as_fast(lead.times_as_fast), other,
                       judged.why);
  }
  return fmt::format("undecided: the rounds do not tell {} and {} apart: the one takes {} of the time of the other",
                     fastest, other, with_interval(comparison, judged));
}

bool may_be_as_fast(const Rank& rank) {
  return rank.against_fastest.pairs > 0 && rank.against_fastest.verdict != Verdict::worse;
}

// Variants other than the two already spoken of that cannot be told from the fastest.
std::string ties(const Comparison& comparison, const Lead& lead) {
  std::vector<std::string> names;
  for (const Rank& rank : comparison.ranking) {
    if (rank.variant == lead.fastest || rank.variant == lead.other) continue;
    if (may_be_as_fast(rank)) names.push_back(name_of(comparison, rank.variant));
  }
  if (names.empty()) return "";
  return fmt::format("{} may be just as fast as {}: the rounds do not tell them apart", listed(names),
                     name_of(comparison, lead.fastest));
}

}  // namespace

std::vector<std::string> heading_sentences(const Comparison& comparison) {
  std::vector<std::string> sentences;
  std::string first = comparison.title.empty() ? "comparison" : comparison.title;
  if (!comparison.problem.empty()) first += ", " + comparison.problem;
  const std::string passes = comparison.passes > 1 ? " of " + counted_noun(comparison.passes, "pass", "passes") : "";
  sentences.push_back(first + ": " + counted_noun(comparison.rounds, "round") + passes);

  std::string counted = "counted: the whole process";
  if (comparison.region) {
    counted = "counted: the marked region";
    const auto entries = over_all(comparison, [](const Outcome& outcome) { return outcome.entries; });
    if (entries) counted += ", " + shown_entries(*entries);
  }
  const std::string work = work_done(comparison);
  sentences.push_back(counted + (work.empty() ? "" : "; " + work));
  if (comparison.per == Per::work_item) {
    sentences.push_back("every count and time in the table is per " + item_name(comparison));
  }
  const auto items = over_all(comparison, [](const Outcome& outcome) { return outcome.work_items; });
  if (items && items->least != items->most && comparison.per == Per::sample) {
    sentences.push_back("the samples did different amounts of work: compare them per " + item_name(comparison));
  }
  return sentences;
}

std::vector<std::string> failure_sentences(const Comparison& comparison) {
  std::vector<std::string> sentences;
  std::vector<std::string> short_of;
  for (const Column& column : comparison.columns) {
    for (const std::string& failure : failure_sentences(column.outcome, "sample")) {
      sentences.push_back(column.name + ": " + failure);
    }
    if (column.outcome.taken < comparison.rounds * comparison.passes) {
      short_of.push_back(fmt::format("{} {}", column.name, column.outcome.taken));
    }
  }
  if (!short_of.empty()) {
    const std::string planned = comparison.passes > 1 ? counted_noun(comparison.rounds * comparison.passes, "sample")
                                                      : counted_noun(comparison.rounds, "round");
    sentences.push_back(fmt::format("not all samples were taken: of {}, {}", planned, listed(short_of)));
  }
  return sentences;
}

std::vector<std::string> wrong_result_sentences(const Comparison& comparison) {
  std::vector<std::string> sentences;
  for (std::size_t variant = 0; variant < comparison.columns.size(); ++variant) {
    const Column& column = comparison.columns[variant];
    if (!column.excluded) continue;
    std::string sentence;
    if (column.digest.verdict == DigestVerdict::differs) {
      sentence = fmt::format("WRONG RESULT: {} did not compute what the baseline {} did, {}", column.name,
                             name_of(comparison, comparison.baseline), difference_from_baseline(column.digest));
    } else {
      sentence = fmt::format("WRONG RESULT: {} did not compute the same in all of its samples, {}", column.name,
                             difference_between_samples(column.digest, "round"));
    }
    sentences.push_back(sentence + (variant == comparison.baseline
                                        ? ". It is the baseline: no ratio to it is given."
                                        : ". It is left out of all ratios and of the ranking."));
  }
  return sentences;
}

std::vector<std::string> digest_sentences(const Comparison& comparison) {
  std::vector<std::string> silent;
  std::vector<std::string> unchecked;
  std::size_t agreeing = 0;
  std::size_t completed = 0;
  for (const Column& column : comparison.columns) {
    if (column.outcome.completed == 0) continue;
    ++completed;
    if (column.digest.verdict == DigestVerdict::none_given) silent.push_back(column.name);
    if (column.digest.verdict == DigestVerdict::unchecked) unchecked.push_back(column.name);
    if (column.digest.verdict == DigestVerdict::agrees) ++agreeing;
  }
  if (completed == 0) return {};
  if (agreeing == completed) {
    return {completed == 1 ? "digests agree: every sample computed the same" : "digests agree: all computed the same"};
  }
  if (silent.size() == completed) {
    return {"no digests were given: whether the same was computed is not checked"};
  }
  std::vector<std::string> sentences;
  if (!silent.empty()) {
    sentences.push_back(listed(silent) + " gave no digest: what was computed there is not checked");
  }
  if (!unchecked.empty()) {
    sentences.push_back("not checked against the baseline, which gave no digest: " + listed(unchecked));
  }
  return sentences;
}

std::vector<std::string> legend_sentences(const Comparison& comparison) {
  std::vector<std::string> sentences;
  if (comparison.rows.empty()) return sentences;
  const bool spread = cell_somewhere(comparison, [](const Cell& cell) { return cell.standard_deviation.has_value(); });
  const auto& shown = comparison.columns;
  const auto is_mean = [](const Column& column) { return column.outcome.summarised; };
  const bool means = std::any_of(shown.begin(), shown.end(), is_mean);
  std::string values = "each value is the median of the rounds";
  if (means) {
    const bool all = std::all_of(shown.begin(), shown.end(), is_mean);
    values = all ? "each value is the mean of runs that are not known one by one"
                 : values + ", or the mean of runs that are not known one by one";
  }
  if (spread) values += fmt::format("; ± is the sample standard deviation relative to {}", means ? "it" : "the median");
  if (cell_somewhere(comparison, [](const Cell& cell) { return cell.ratio.has_value(); }) &&
      comparison.columns.size() > 1) {
    values += fmt::format("; 0.50x is half of what {} has", name_of(comparison, comparison.baseline));
  }
  sentences.push_back(values);
  const auto around_zero = [](const Cell& cell) { return cell.median == 0 && cell.standard_deviation.value_or(0) > 0; };
  if (cell_somewhere(comparison, around_zero)) {
    sentences.push_back("± without % is the deviation itself, where the median is 0");
  }
  // Every simulation of a command gives the same counts.
  const auto simulated = [](const Row& row) { return !row.source || row.source == Source::sim; };
  const bool only_simulated = std::all_of(comparison.rows.begin(), comparison.rows.end(), simulated);
  if (!spread && !only_simulated && !means)
    sentences.push_back("a single sample has no spread: repeat it (-r 5) to see how sure a value is");
  if (cell_somewhere(comparison, [](const Cell& cell) { return cell.exact; })) {
    sentences.push_back(fmt::format("{} the same in every round", exact_mark));
  }
  if (cell_somewhere(comparison, [](const Cell& cell) { return cell.coverage < 1; })) {
    sentences.push_back(
        "(62 %) the counter ran for that share of the time only, in the worst round; the value is an estimate");
  }
  const auto is_peak = [](const Row& row) { return row.key == "peak-rss"; };
  if (comparison.region && std::any_of(comparison.rows.begin(), comparison.rows.end(), is_peak)) {
    sentences.push_back("peak-rss is that of the whole process, not of the marked region");
  }
  const auto& columns = comparison.columns;
  if (std::any_of(columns.begin(), columns.end(), [](const Column& column) { return column.excluded; })) {
    sentences.push_back(fmt::format("{} wrong result: no ratios", wrong_mark));
  }
  return sentences;
}

std::string source_legend(const Comparison& comparison) {
  std::vector<Source> sources;
  std::string legend;
  for (const Row& row : comparison.rows) {
    if (!row.source || mark_of(*row.source) == 0) continue;
    if (std::find(sources.begin(), sources.end(), *row.source) != sources.end()) continue;
    sources.push_back(*row.source);
    legend += (legend.empty() ? "" : "; ") + legend_of(*row.source);
  }
  return legend;
}

std::vector<std::string> uncounted_sentences(const Comparison& comparison) {
  std::vector<std::string> sentences;
  for (const Uncounted& group : comparison.uncounted) {
    std::string events;
    for (const std::string& event : group.events) events += (events.empty() ? "" : ", ") + event;
    const std::string reason = plain_reason(group.absence.reason);
    const std::string& sentence = group.absence.sentence;
    const bool both = !sentence.starts_with(reason);  // "no sample: no sample ran to its end" says it twice
    const std::string between = both && !sentence.empty() ? ": " : "";
    sentences.push_back(fmt::format("not counted: {} ({}{}{})", events, both ? reason : "", between, sentence));
  }
  return sentences;
}

std::vector<std::string> footnote_sentences(const Comparison& comparison) {
  std::vector<std::string> sentences;
  for (std::size_t at = 0; at < comparison.footnotes.size(); ++at) {
    sentences.push_back(fmt::format("[{}] {}", at + 1, comparison.footnotes[at]));
  }
  return sentences;
}

std::vector<std::string> verdict_sentences(const Comparison& comparison) {
  if (comparison.rows.empty()) return {"no sample ran to its end: there is nothing to compare"};
  std::vector<std::string> sentences;
  if (comparison.lead) {
    sentences.push_back(verdict(comparison, *comparison.lead));
    if (std::string also = ties(comparison, *comparison.lead); !also.empty()) sentences.push_back(also);
  } else if (comparison.columns[comparison.baseline].outcome.completed == 0) {
    sentences.push_back(fmt::format("no sample of the baseline {} ran to its end: no ratio to it is given",
                                    name_of(comparison, comparison.baseline)));
  }
  if (std::any_of(comparison.ranking.begin(), comparison.ranking.end(), may_be_as_fast)) {
    sentences.push_back(fmt::format("{} not told apart from the fastest", tie_mark));
  }
  return sentences;
}

}  // namespace countercheck
