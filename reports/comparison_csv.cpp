#include "reports/comparison_csv.hpp"

#include <utility>

#include "reports/csv.hpp"
#include "reports/units.hpp"

namespace countercheck {
namespace {

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
  return line;
}

}  // namespace

ComparisonCsv::ComparisonCsv(Comparison comparison) : comparison_(std::move(comparison)) {}

void ComparisonCsv::render(std::ostream& out) const {
  put_csv_header(out);
  for (std::size_t variant = 0; variant < comparison_.columns.size(); ++variant) {
    for (const auto* rows : {&comparison_.rows, &comparison_.uncounted_rows}) {
      for (const Row& row : *rows) put_csv(out, line_of(comparison_, row, variant));
    }
  }
}

}  // namespace countercheck
