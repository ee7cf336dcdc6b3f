#include "reports/derived_csv.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "reports/expectation_sentences.hpp"
#include "reports/oddity_sentences.hpp"
#include "reports/units.hpp"

namespace countercheck {
namespace {

// An interval without an end there is none.
std::optional<double> end_of(double value) {
  return std::isfinite(value) ? std::optional<double>(value) : std::nullopt;
}

std::string_view name_of(Direction direction) {
  switch (direction) {
    case Direction::less:
      return "less";
    case Direction::more:
      return "more";
    case Direction::same:
      return "same";
    case Direction::undecided:
      break;
  }
  return "undecided";
}

void add_lines(std::vector<CsvLine>& lines, const Comparison& comparison, const Factored& factored) {
  const std::string whole = factored.quantity + (factored.per_item ? "-per-item" : "") + "-times";
  const auto add = [&](const std::string& event, bool simulated, const auto& one) {
    lines.push_back({.variant = comparison.columns[factored.variant].name,
                     .event = event,
                     .source = simulated ? "sim" : "derived",
                     .unit = unit_name(Measure::number, false, ""),
                     .n = factored.pairs,
                     .value = one.times,
                     .ratio_low = one.low > 0 ? end_of(one.low) : std::nullopt,
                     .ratio_high = end_of(one.high),
                     .verdict = std::string(name_of(one.direction))});
  };
  const auto& factors = factored.factors;
  const bool simulated =
      std::all_of(factors.begin(), factors.end(), [](const Factor& factor) { return factor.simulated; });
  add(whole, simulated, factored);
  for (const Factor& factor : factors) {
    add(whole + "-" + std::string(factor.key), factor.simulated, factor);
  }
}

}  // namespace

std::vector<CsvLine> factor_lines(const Comparison& comparison) {
  std::vector<CsvLine> lines;
  for (const auto* all : {&comparison.factors.times, &comparison.factors.misses}) {
    for (const Factored& factored : *all) add_lines(lines, comparison, factored);
  }
  return lines;
}

std::vector<CsvLine> oddity_lines(const Comparison& comparison) {
  std::vector<CsvLine> lines;
  for (const Row& row : comparison.rows) {
    for (const Oddity& oddity : comparison.oddities) {
      if (oddity.event != row.event) continue;
      const std::string& variant = comparison.columns[oddity.variant].name;
      for (const OddityText& text : oddity_texts(comparison, row, oddity)) {
        lines.push_back({.variant = variant,
                         .event = row.key + "-" + std::string(text.kind),
                         .source = "derived",
                         .unit = unit_name(Measure::count, false, ""),
                         .n = oddity.samples,
                         .value = text.number,
                         .reason = row.name + " of " + variant + " " + text.whole});
      }
    }
  }
  return lines;
}

std::vector<CsvLine> expectation_lines(const Comparison& comparison) {
  std::vector<CsvLine> lines;
  for (const Judgement& judgement : comparison.expectations) {
    CsvLine line{.event = judgement.text,
                 .source = "expectation",
                 .n = judgement.pairs,
                 .value = judgement.value,
                 .reason = expectation_sentence(judgement),
                 .ratio_low = end_of(judgement.low),
                 .ratio_high = end_of(judgement.high),
                 .verdict = std::string(to_string(judgement.holds))};
    if (judgement.value) {
      line.unit = unit_name(judgement.measure, false, "");
      line.coverage = judgement.coverage;
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace countercheck
