#include "reports/inference_sentences.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "counters/counted_noun.hpp"
#include "reports/quantities.hpp"
#include "reports/sentences.hpp"
#include "reports/verdict_text.hpp"

namespace countercheck {
namespace {

const Row* row_of(const Comparison& comparison, std::size_t event) {
  const auto row = std::find_if(comparison.rows.begin(), comparison.rows.end(),
                                [&](const Row& candidate) { return candidate.event == event; });
  return row == comparison.rows.end() ? nullptr : &*row;
}

std::vector<std::string> why_undecided(const Comparison& comparison) {
  std::vector<std::string> reasons;
  for (const Judged& judged : comparison.inference.judged) {
    if (!judged.ratio || judged.why.empty() || comparison.columns[judged.variant].again) continue;
    const std::string sentence = "undecided: " + judged.why;
    if (std::find(reasons.begin(), reasons.end(), sentence) == reasons.end()) reasons.push_back(sentence);
  }
  return reasons;
}

std::string against_itself(const Comparison& comparison, const AgainstItself& again) {
  std::string sentence = fmt::format("{} against itself: {} of {} wrong", comparison.columns[comparison.baseline].name,
                                     again.wrong, counted_noun(again.verdicts, "verdict"));
  if (again.least_time) {
    sentence += fmt::format("; the smallest change of time seen here would be {}", shown_share(*again.least_time));
  }
  return sentence;
}

// "To decide time: about 60 more rounds (-r 80), or a quieter machine"
std::string rounds_needed(const Comparison& comparison) {
  std::size_t most = 0;
  std::vector<std::string> variants;
  for (const RoundsNeeded& needed : comparison.rounds_needed) {
    most = std::max(most, needed.rounds);
    variants.push_back(comparison.columns[needed.variant].name);
  }
  if (most <= comparison.rounds) return "";
  // What is guessed from a scatter has no more than its first digits.
  const std::size_t step = most >= 1000 ? 100 : most >= 20 ? 10 : 1;
  const std::size_t rounds = (most + step - 1) / step * step;
  const bool among_several = comparison.columns.size() > 2;
  return fmt::format("To decide time{}: about {} more rounds (-r {}), or a quieter machine",
                     among_several ? " of " + listed(variants) : "",
                     grouped(static_cast<double>(rounds - comparison.rounds)), rounds);
}

// "212.0 ms", in the unit of the event's row.
std::string shown_value(const Row& row, double value) {
  return RowUnit(row.measure, row.per_item, {value}).show(value);
}

std::string outliers_text(const Row& row, const Oddity& oddity) {
  constexpr std::size_t kShown = 3;
  std::vector<std::string> values;
  for (const double value : oddity.outliers) {
    if (values.size() < kShown) values.push_back(shown_value(row, value));
  }
  if (oddity.outliers.size() > kShown) values.back() += " and others";
  return fmt::format("{} of {} samples far from the others: {}", oddity.outliers.size(), oddity.samples,
                     oddity.outliers.size() > kShown ? fmt::format("{}", fmt::join(values, ", ")) : listed(values));
}

// What is odd about the time, in full; about other events, that there is something.
std::vector<std::string> oddity_sentences(const Comparison& comparison) {
  std::vector<std::string> sentences;
  std::vector<std::string> others;
  for (const Oddity& oddity : comparison.oddities) {
    const Row* const row = row_of(comparison, oddity.event);
    if (!row) continue;
    const std::string& variant = comparison.columns[oddity.variant].name;
    if (row->key != "wall-time") {
      if (others.empty() || others.back() != row->name) others.push_back(row->name);
      continue;
    }
    if (oddity.groups) {
      const Groups& groups = *oddity.groups;
      sentences.push_back(fmt::format("time of {} falls into two groups: {} ({} samples) and {} ({})", variant,
                                      shown_value(*row, groups.lower), groups.in_lower, shown_value(*row, groups.upper),
                                      groups.in_upper));
    }
    if (!oddity.outliers.empty()) {
      sentences.push_back(fmt::format("time of {} has {}", variant, outliers_text(*row, oddity)));
    }
    if (oddity.runs) {
      sentences.push_back(fmt::format(
          "time of {} against {} changes sides {} in {} rounds, where about {} are usual: neighbouring rounds are "
          "alike, and the interval is narrower than it should be",
          variant, comparison.columns[comparison.baseline].name,
          oddity.runs->runs == 2 ? "once" : fmt::format("{} times", oddity.runs->runs - 1), oddity.samples,
          oddity.runs->expected - 1));
    }
  }
  if (!others.empty()) {
    sentences.push_back("also with outliers, two groups or a trend: " + listed(others) + "; every sample is used");
  } else if (!sentences.empty()) {
    sentences.back() += "; every sample is used";
  }
  return sentences;
}

}  // namespace

std::string verdict_heading(const Comparison& comparison) {
  const Inference& inference = comparison.inference;
  std::vector<std::string> others;
  for (std::size_t variant = 0; variant < comparison.columns.size(); ++variant) {
    const Column& column = comparison.columns[variant];
    if (variant != comparison.baseline && !column.excluded && !column.again) others.push_back(column.name);
  }
  const std::string who = fmt::format("{} against {}", others.size() == 1 ? others.front() : "the variants",
                                      comparison.columns[comparison.baseline].name);
  const std::string percent = fmt::format("{:g} %", 100 * inference.confidence);
  if (inference.intervals == 0) return who + ": exact ratios";
  if (inference.intervals == 1) return fmt::format("{}: ratios, and an interval that holds at {}", who, percent);
  return fmt::format("{}: ratios and their intervals, {} that hold together at {}", who, inference.intervals, percent);
}

std::vector<std::string> inference_sentences(const Comparison& comparison) {
  std::vector<std::string> sentences;
  if (!has_verdicts(comparison)) return sentences;
  sentences = why_undecided(comparison);
  if (comparison.inference.against_itself) {
    sentences.push_back(against_itself(comparison, *comparison.inference.against_itself));
  }
  if (std::string more = rounds_needed(comparison); !more.empty()) sentences.push_back(std::move(more));
  for (std::string& sentence : oddity_sentences(comparison)) sentences.push_back(std::move(sentence));
  return sentences;
}

}  // namespace countercheck
