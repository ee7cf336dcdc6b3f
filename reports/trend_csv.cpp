#include "reports/trend_csv.hpp"

#include <ostream>
#include <utility>

#include "reports/csv.hpp"
#include "reports/quantities.hpp"
#include "reports/units.hpp"

namespace countercheck {
namespace {

using Fields = std::vector<std::string>;

void put(std::ostream& out, const Fields& fields) {
  for (std::size_t at = 0; at < fields.size(); ++at) out << (at > 0 ? "," : "") << csv_field(fields[at]);
  out << '\n';
}

std::string number(std::optional<double> value) {
  return value ? plain_number(*value) : "";
}

Fields change_fields(const TrendSeries& series, std::size_t at) {
  for (const TrendChange& change : series.changes) {
    if (change.at != at) continue;
    return {plain_number(change.before), plain_number(change.after), number(change.ratio()),
            change.exact ? "" : plain_number(change.p)};
  }
  return {"", "", "", ""};
}

}  // namespace

TrendCsv::TrendCsv(Trend trend) : trend_(std::move(trend)) {}

void TrendCsv::render(std::ostream& out) const {
  put(out, {"suite",
            "problem",
            "counted",
            "variant",
            "parameters",
            "event",
            "source",
            "privilege",
            "unit",
            "id",
            "began",
            "revision",
            "n",
            "value",
            "standard_deviation",
            "reason",
            "cut",
            "change_before",
            "change_after",
            "change_ratio",
            "change_p"});
  for (const TrendSeries& series : trend_.series) {
    for (std::size_t at = 0; at < series.points.size(); ++at) {
      const TrendPoint& point = series.points[at];
      Fields fields = {trend_.suite,
                       series.problem,
                       series.region ? "region" : "whole",
                       series.variant,
                       series.parameters,
                       series.event,
                       std::string(to_string(series.source)),
                       std::string(to_string(series.privilege)),
                       unit_name(series.measure, false, ""),
                       std::to_string(point.id),
                       point.began,
                       point.revision,
                       std::to_string(point.n),
                       number(point.value),
                       number(point.deviation),
                       point.absent,
                       point.cut};
      for (std::string& field : change_fields(series, at)) fields.push_back(std::move(field));
      put(out, fields);
    }
  }
}

}  // namespace countercheck
