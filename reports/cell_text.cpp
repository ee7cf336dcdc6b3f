#include "reports/cell_text.hpp"

#include <fmt/format.h>

#include "analysis/event_names.hpp"
#include "analysis/statistics.hpp"
#include "reports/comparison_sentences.hpp"
#include "reports/quantities.hpp"

namespace countercheck {
namespace {

RowUnit unit_of(const Row& row) {
  std::vector<double> values;
  for (const Cell& cell : row.cells) {
    if (!cell.absence) values.push_back(cell.median);
  }
  return {row.measure, row.per_item, values};
}

std::string marks_of(const Cell& cell) {
  std::string marks;
  if (!cell.absence && cell.coverage < 1) marks = "(" + shown_share(cell.coverage) + ")";
  for (const std::size_t note : cell.notes) marks += fmt::format("{}[{}]", marks.empty() ? "" : " ", note + 1);
  return marks;
}

// A spread around a median of 0 has no percentage: it is given in the row's own unit.
std::string spread_of(std::optional<double> deviation, double median, const RowUnit& unit) {
  if (!deviation) return "";
  const auto share = relative(deviation, median);
  return share ? shown_spread(*share) : "±" + unit.show(*deviation);
}

}  // namespace

std::vector<CellText> cell_texts(const Comparison& comparison, const Row& row) {
  const RowUnit unit = unit_of(row);
  const bool is_time = row.key == kWallTime;
  std::vector<CellText> texts;
  for (std::size_t variant = 0; variant < row.cells.size(); ++variant) {
    const Cell& cell = row.cells[variant];
    CellText text{.marks = marks_of(cell)};
    if (cell.absence) {
      text.value = short_form(cell.absence->reason);
      text.absent = true;
    } else {
      text.value = unit.show(cell.median);
      if (row.under.empty()) {
        text.spread = cell.exact ? exact_mark : spread_of(cell.standard_deviation, cell.median, unit);
        const bool worth = comparison.columns.size() > 1 && (variant != comparison.baseline || is_time);
        if (cell.ratio && worth) text.ratio = shown_ratio(*cell.ratio);
      }
    }
    texts.push_back(std::move(text));
  }
  return texts;
}

std::vector<CellText> ranking_texts(const Comparison& comparison) {
  std::vector<double> times;
  for (const Rank& rank : comparison.ranking) times.push_back(rank.time);
  const RowUnit unit(Measure::nanoseconds, false, times);
  std::vector<CellText> texts;
  for (const Rank& rank : comparison.ranking) {
    CellText text{.value = unit.show(rank.time), .spread = spread_of(rank.standard_deviation, rank.time, unit)};
    // The book's column: the fastest is 1.00, the others are so many times slower.
    const std::string ratio = shown_ratio(rank.ratio);
    text.ratio = ratio.substr(0, ratio.size() - 1);
    if (rank.against_fastest.pairs > 0 && rank.against_fastest.verdict != Verdict::worse) text.marks = tie_mark;
    texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace countercheck
