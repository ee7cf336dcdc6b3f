#include "reports/oddity_sentences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/event_names.hpp"
#include "counters/counted_noun.hpp"
#include "reports/quantities.hpp"
#include "reports/sentences.hpp"

namespace countercheck {
namespace {

constexpr std::size_t kOutliers = 3;  // of the time, that are named one by one
constexpr std::size_t kVariants = 2;  // that are described where an event has a sentence for all

const Value& furthest(const Oddity& oddity) {
  const auto distance = [&](const Value& sample) { return std::abs(sample.value - oddity.median); };
  return *std::max_element(oddity.outliers.begin(), oddity.outliers.end(),
                           [&](const Value& a, const Value& b) { return distance(a) < distance(b); });
}

OddityText outliers_text(const Row& row, const Oddity& oddity) {
  std::vector<double> values{oddity.median};
  for (const Value& outlier : oddity.outliers) values.push_back(outlier.value);
  const RowUnit unit(row.measure, row.per_item, values);
  const auto shown = [&](const Value& one) {
    return fmt::format("{} in round {}", unit.show(one.value), one.round + 1);
  };
  std::vector<std::string> samples;
  for (const Value& outlier : oddity.outliers) samples.push_back(shown(outlier));
  const std::string many = fmt::format("has {} of {} samples far from its median of {}", samples.size(), oddity.samples,
                                       unit.show(oddity.median));
  return {.kind = "outliers",
          .number = static_cast<double>(samples.size()),
          .whole = many + ": " + listed(samples),
          .brief = many + (samples.size() == 1 ? ", " : ", the furthest ") + shown(furthest(oddity))};
}

OddityText groups_text(const Row& row, const Groups& groups) {
  const RowUnit unit(row.measure, row.per_item, {groups.lower, groups.upper});
  const std::string two =
      fmt::format("{} ({}) and {} ({})", unit.show(groups.lower), counted_noun(groups.in_lower, "sample"),
                  unit.show(groups.upper), groups.in_upper);
  return {.kind = "two-groups",
          .number = static_cast<double>(groups.in_upper),
          .whole = "falls into two groups: " + two,
          .brief = "falls into two groups, " + two};
}

OddityText runs_text(const Comparison& comparison, const Oddity& oddity) {
  const std::size_t changes = oddity.runs->runs - 1;
  const std::string text =
      fmt::format("against {} changes sides {} in {} rounds, where about {} are usual",
                  comparison.columns[comparison.baseline].name, changes == 1 ? "once" : counted_noun(changes, "time"),
                  oddity.samples, oddity.runs->expected - 1);
  return {.kind = "side-changes",
          .number = static_cast<double>(changes),
          .whole = text + ": neighbouring rounds are alike, and the interval is narrower than it should be",
          .brief = text};
}

// Of the time each finding is told in full, but for outliers beyond the first few.
void add_time(std::vector<std::string>& sentences, const Comparison& comparison, const Row& row, const Oddity& oddity) {
  const bool more = oddity.outliers.size() > kOutliers;
  const std::string variant = comparison.columns[oddity.variant].name;
  for (const OddityText& text : oddity_texts(comparison, row, oddity)) {
    const bool brief = more && text.kind == "outliers";
    sentences.push_back(fmt::format("{} of {} {}", row.name, variant, brief ? text.brief : text.whole));
  }
}

// "page-faults: old has 1 of 15 samples far from its median of 210, 480 in round 7; new falls into two groups, …"
std::string other_sentence(const Comparison& comparison, const Row& row, const std::vector<const Oddity*>& oddities) {
  std::string sentence = row.name + ": ";
  for (std::size_t at = 0; at < std::min(oddities.size(), kVariants); ++at) {
    sentence += (at > 0 ? "; " : "") + comparison.columns[oddities[at]->variant].name;
    std::string between = " ";
    for (const OddityText& text : oddity_texts(comparison, row, *oddities[at])) {
      sentence += between + text.brief;
      between = ", and ";
    }
  }
  if (oddities.size() > kVariants) {
    const std::size_t more = oddities.size() - kVariants;
    sentence += fmt::format("; {} more {} odd (--form csv)", more, more == 1 ? "variant is" : "variants are");
  }
  return sentence;
}

}  // namespace

std::vector<OddityText> oddity_texts(const Comparison& comparison, const Row& row, const Oddity& oddity) {
  std::vector<OddityText> texts;
  if (oddity.groups) texts.push_back(groups_text(row, *oddity.groups));
  if (!oddity.outliers.empty()) texts.push_back(outliers_text(row, oddity));
  if (oddity.runs) texts.push_back(runs_text(comparison, oddity));
  return texts;
}

std::vector<std::string> oddity_sentences(const Comparison& comparison) {
  std::vector<std::string> sentences;
  for (const Row& row : comparison.rows) {
    std::vector<const Oddity*> others;
    for (const Oddity& oddity : comparison.oddities) {
      if (oddity.event != row.event) continue;
      if (row.key == kWallTime) {
        add_time(sentences, comparison, row, oddity);
      } else {
        others.push_back(&oddity);
      }
    }
    if (!others.empty()) sentences.push_back(other_sentence(comparison, row, others));
  }
  if (!sentences.empty()) sentences.back() += "; every sample is used";
  return sentences;
}

}  // namespace countercheck
