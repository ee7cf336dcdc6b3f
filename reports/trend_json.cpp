#include "reports/trend_json.hpp"

#include <nlohmann/json.hpp>
#include <ostream>
#include <utility>

#include "reports/units.hpp"

namespace countercheck {
namespace {

using nlohmann::json;

json point_of(const TrendPoint& point) {
  json node = {{"id", point.id}, {"revision", point.revision}, {"began", point.began}, {"n", point.n}};
  node["value"] = point.value ? json(*point.value) : json();
  if (point.deviation) node["standard_deviation"] = *point.deviation;
  if (!point.absent.empty()) node["reason"] = point.absent;
  if (!point.cut.empty()) node["cut"] = point.cut;
  return node;
}

json change_of(const TrendSeries& series, const TrendChange& change) {
  const TrendPoint& point = series.points[change.at];
  json node = {{"id", point.id},
               {"revision", point.revision},
               {"since", change.since},
               {"same_revision", change.same_revision},
               {"results_before", change.n_before},
               {"results_after", change.n_after},
               {"before", change.before},
               {"after", change.after},
               {"exact", change.exact}};
  if (const auto ratio = change.ratio()) node["ratio"] = *ratio;
  if (!change.exact) node["p"] = change.p;
  return node;
}

json series_of(const TrendSeries& series) {
  json node = {{"problem", series.problem},
               {"region", series.region},
               {"variant", series.variant},
               {"parameters", series.parameters},
               {"event", series.event},
               {"source", to_string(series.source)},
               {"privilege", to_string(series.privilege)},
               {"unit", unit_name(series.measure, false, "")},
               {"too_short", series.too_short},
               {"points", json::array()},
               {"changes", json::array()}};
  for (const TrendPoint& point : series.points) node["points"].push_back(point_of(point));
  for (const TrendChange& change : series.changes) node["changes"].push_back(change_of(series, change));
  return node;
}

}  // namespace

TrendJson::TrendJson(Trend trend) : trend_(std::move(trend)) {}

void TrendJson::render(std::ostream& out) const {
  json root = {
      {"schema", 1},           {"suite", trend_.suite},   {"level", trend_.level},  {"tolerance", trend_.tolerance},
      {"tests", trend_.tests}, {"fewest", trend_.fewest}, {"series", json::array()}};
  for (const TrendSeries& series : trend_.series) root["series"].push_back(series_of(series));
  // A name from outside may be no UTF-8, which JSON must be.
  out << root.dump(1, ' ', false, json::error_handler_t::replace) << '\n';
}

}  // namespace countercheck
