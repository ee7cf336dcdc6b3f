#include "reports/stat_csv.hpp"

#include <utility>

#include "reports/csv.hpp"
#include "reports/units.hpp"

namespace countercheck {
namespace {

CsvLine line_of(const StatSummary& summary, const StatRow& row) {
  const Aggregate& sum = row.sum;
  CsvLine line;
  line.variant = summary.command;
  line.event = row.event;
  if (sum.n == 0) {
    line.absent = to_string(sum.missing->reason);
    line.reason = sum.missing->sentence;
    return line;
  }
  line.source = to_string(sum.source);
  line.privilege = to_string(sum.privilege);
  const bool divided = summary.per == Per::work_item && sum.unit != Unit::bytes;
  line.unit = unit_name(measure_of(sum.unit), divided, summary.work_item);
  line.n = sum.n;
  line.value = sum.median;
  line.mean = sum.mean;
  line.standard_deviation = sum.standard_deviation;
  line.coverage = sum.coverage;
  return line;
}

// The value of a metric is the quotient of the means, which is what the block shows.
CsvLine line_of(const StatSummary& summary, const StatRow& row, const Annotation& annotation) {
  const MetricFigure& figure = annotation.figure;
  CsvLine line;
  line.variant = summary.command;
  line.event = annotation.metric->key;
  if (annotation.metric->event.empty()) line.event = row.event + "-" + line.event;
  line.source = "derived";
  line.unit = unit_name(annotation.metric->measure, false, "");
  line.n = figure.n;
  line.value = figure.of_means;
  line.mean = figure.mean;
  line.standard_deviation = figure.standard_deviation;
  line.coverage = figure.coverage;
  return line;
}

}  // namespace

StatCsv::StatCsv(std::vector<StatSummary> summaries) : summaries_(std::move(summaries)) {}

void StatCsv::render(std::ostream& out) const {
  put_csv_header(out);
  for (const StatSummary& summary : summaries_) {
    for (const StatRow& row : summary.rows) {
      put_csv(out, line_of(summary, row));
      for (const Annotation& annotation : row.annotations) put_csv(out, line_of(summary, row, annotation));
    }
  }
}

}  // namespace countercheck
