#include "reports/comparison_csv.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "reports/csv.hpp"
#include "reports/derived_csv.hpp"
#include "reports/units.hpp"
#include "reports/verdict_text.hpp"

namespace countercheck {
namespace {

// A double that is none has no field of its own.
std::optional<double> bounded(double value) {
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

void add_verdict(const Judged& judged, CsvLine& line) {
  if (!is_compared(judged)) return;
  line.verdict = plain_verdict(judged.verdict);
  if (judged.ratio) line.paired_ratio = bounded(*judged.ratio);
  const bool whole_line = judged.low == 0 && std::isinf(judged.high);
  if (!whole_line) line.ratio_low = judged.low;
  line.ratio_high = bounded(judged.high);
}

CsvLine line_of(const Comparison& comparison, const Row& row, std::size_t variant) {
  const Cell& cell = row.cells[variant];
  CsvLine line;
  line.variant = comparison.columns[variant].name;
  line.event = row.key;
  if (cell.absence) {
    line.absent = to_string(cell.absence->reason);
    line.reason = cell.absence->sentence;
    return line;
  }
  line.source = row.source ? to_string(*row.source) : "derived";
  if (row.privilege) line.privilege = to_string(*row.privilege);
  line.unit = unit_name(row.measure, row.per_item, comparison.work_item);
  line.n = cell.n;
  line.value = cell.median;
  line.mean = cell.mean;
  line.standard_deviation = cell.standard_deviation;
  line.ratio_to_baseline = cell.ratio;
  line.coverage = cell.coverage;
  if (cell.layouts.of > 0) {
    line.better_layouts = static_cast<double>(cell.layouts.better);
    line.layouts = static_cast<double>(cell.layouts.of);
  }
  const Judged* const judged = row.event ? find_judged(comparison.inference, variant, *row.event) : nullptr;
  if (judged) add_verdict(*judged, line);
  return line;
}

// Of all points, in the order of their first appearance.
std::vector<std::string> parameter_names(const std::vector<Comparison>& points) {
  std::vector<std::string> names;
  for (const Comparison& point : points) {
    for (const Parameter& parameter : point.parameters) {
      if (std::find(names.begin(), names.end(), parameter.name) == names.end()) names.push_back(parameter.name);
    }
  }
  return names;
}

// An empty field for a parameter that the point does not have.
std::vector<std::string> values_of(const std::vector<std::string>& names, const Comparison& point) {
  std::vector<std::string> values;
  for (const std::string& name : names) {
    const auto same = std::find_if(point.parameters.begin(), point.parameters.end(),
                                   [&](const Parameter& parameter) { return parameter.name == name; });
    values.push_back(same == point.parameters.end() ? "" : same->value);
  }
  return values;
}

}  // namespace

ComparisonCsv::ComparisonCsv(std::vector<Comparison> points) : points_(std::move(points)) {}

void ComparisonCsv::render(std::ostream& out) const {
  const std::vector<std::string> names = parameter_names(points_);
  put_csv_header(out, names);
  for (const Comparison& point : points_) {
    const std::vector<std::string> values = values_of(names, point);
    for (std::size_t variant = 0; variant < point.columns.size(); ++variant) {
      for (const auto* rows : {&point.rows, &point.uncounted_rows}) {
        for (const Row& row : *rows) {
          CsvLine line = line_of(point, row, variant);
          line.parameters = values;
          put_csv(out, line);
        }
      }
    }
    for (auto lines : {factor_lines(point), oddity_lines(point), expectation_lines(point)}) {
      for (CsvLine& line : lines) {
        line.parameters = values;
        put_csv(out, line);
      }
    }
  }
}

}  // namespace countercheck
