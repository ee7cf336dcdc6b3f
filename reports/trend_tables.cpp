#include "reports/trend_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "analysis/statistics.hpp"
#include "counters/counted_noun.hpp"
#include "experiment/revision.hpp"
#include "reports/quantities.hpp"
#include "reports/sentences.hpp"

namespace countercheck {
namespace {

constexpr std::size_t kBars = 32;  // of the latest results, so that a row fits a line

std::vector<double> values_of(const TrendSeries& series) {
  std::vector<double> values;
  for (const TrendPoint& point : series.points) {
    if (point.value) values.push_back(*point.value);
  }
  return values;
}

std::string shown(const TrendSeries& series, double value) {
  return RowUnit(series.measure, false, values_of(series)).show(value);
}

std::string with_spread(const TrendSeries& series, const TrendPoint& point) {
  if (!point.value) return "-";
  const auto spread = relative(point.deviation, *point.value);
  return shown(series, *point.value) + (spread ? " " + shown_spread(*spread) : "");
}

std::string day(const std::string& began) {
  return began.substr(0, 10);
}

// "2026-11-20T19:00:00Z" as "2026-11-20 19:00".
std::string minute(std::string began) {
  if (began.size() < 16 || began[10] != 'T') return began;
  began[10] = ' ';
  return began.substr(0, 16);
}

std::string revision_of(const TrendPoint& point) {
  return point.revision.empty() ? "-" : short_revision(point.revision);
}

std::string size_of(const TrendSeries& series, const TrendChange& change) {
  if (const auto ratio = change.ratio()) return shown_change(*ratio);
  return "from 0 to " + shown(series, change.after);
}

const TrendChange* change_at(const TrendSeries& series, std::size_t at) {
  const auto& changes = series.changes;
  const auto found =
      std::find_if(changes.begin(), changes.end(), [&](const TrendChange& change) { return change.at == at; });
  return found == changes.end() ? nullptr : &*found;
}

std::string results(std::size_t number) {
  return counted_noun(number, "result");
}

// The first of many names, and how many more there are.
std::string some(std::vector<std::string> names) {
  constexpr std::size_t kMost = 4;
  if (names.size() > kMost) {
    const std::size_t more = names.size() - (kMost - 1);
    names.resize(kMost - 1);
    names.push_back(fmt::format("{} more", more));
  }
  return listed(names);
}

std::string sentence_of(const TrendSeries& series, const TrendChange& change) {
  const TrendPoint& point = series.points[change.at];
  std::string text =
      fmt::format("{}: {} at {} (result {} of {}), after {}: {} in {} before, {} in {} since", trend_name(series),
                  size_of(series, change), revision_of(point), point.id, day(point.began),
                  change.since.empty() ? "-" : short_revision(change.since), shown(series, change.before),
                  results(change.n_before), shown(series, change.after), results(change.n_after));
  text += change.exact ? "; simulated counts, compared as they are" : fmt::format("; p {}", significant(change.p, 2));
  if (change.same_revision) text += "; the revision is the same, so it is not the code that changed";
  return text;
}

}  // namespace

std::string trend_name(const TrendSeries& series) {
  return fmt::format("{} of {}{}", series.name, series.variant,
                     series.parameters.empty() ? "" : " (" + series.parameters + ")");
}

std::string shown_change(double ratio) {
  if (!std::isfinite(ratio)) return "?";
  if (ratio == 1) return "0 %";
  const double percent = 100 * (ratio - 1);
  return (percent > 0 ? "+" : "-") + significant(std::abs(percent), 2) + " %";
}

std::string sparkline(const TrendSeries& series) {
  static constexpr const char* kHeights[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const auto& points = series.points;
  const std::size_t first = points.size() > kBars ? points.size() - kBars : 0;
  const auto values = values_of(series);
  if (values.empty()) return "";
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  const double middle = (*least + *most) / 2;
  const double half = std::max((*most - *least) / 2, 0.05 * std::abs(*most));
  std::string line;
  for (std::size_t at = first; at < points.size(); ++at) {
    if (!points[at].cut.empty() && at > first) line += "|";
    if (!points[at].value) {
      line += "·";
      continue;
    }
    const double height = half > 0 ? (*points[at].value - middle + half) / (2 * half) : 0.5;
    line += kHeights[std::clamp(static_cast<int>(height * 8), 0, 7)];
  }
  return line;
}

std::string trend_heading(const Trend& trend) {
  std::map<std::int64_t, std::string> all;
  for (const TrendSeries& series : trend.series) {
    for (const TrendPoint& point : series.points) all.emplace(point.id, point.began);
  }
  if (all.empty()) return fmt::format("trend of {}: no result has a value of it", trend.suite);
  const auto earlier = [](const auto& a, const auto& b) { return a.second < b.second; };
  const auto [first, last] = std::minmax_element(all.begin(), all.end(), earlier);
  const std::string from = day(first->second);
  const std::string to = day(last->second);
  return fmt::format("trend of {}, {} {}", trend.suite, results(all.size()),
                     from == to ? "of " + from : "from " + from + " to " + to);
}

NumberTable trend_table(const Trend& trend) {
  NumberTable table{.heads = {"results", "first", "latest", "change", "course", "series"}};
  for (const TrendSeries& series : trend.series) {
    const auto values = values_of(series);
    std::string change;
    for (const TrendChange& one : series.changes) change += (change.empty() ? "" : ", ") + size_of(series, one);
    table.rows.push_back({std::to_string(values.size()), shown(series, values.front()), shown(series, values.back()),
                          change, sparkline(series), trend_name(series)});
  }
  return table;
}

NumberTable trend_points(const TrendSeries& series) {
  NumberTable table{.heads = {"ID", "begun", "revision", series.name, ""}};
  for (std::size_t at = 0; at < series.points.size(); ++at) {
    const TrendPoint& point = series.points[at];
    std::string remark = point.absent;
    if (!point.cut.empty()) remark = "begins anew: " + point.cut;
    if (const auto* const change = change_at(series, at)) remark = size_of(series, *change);
    table.rows.push_back(
        {std::to_string(point.id), minute(point.began), revision_of(point), with_spread(series, point), remark});
  }
  return table;
}

std::vector<std::string> trend_changes(const Trend& trend) {
  std::vector<std::string> sentences;
  for (const TrendSeries& series : trend.series) {
    for (const TrendChange& change : series.changes) sentences.push_back(sentence_of(series, change));
  }
  if (sentences.empty() && !trend.series.empty()) sentences.emplace_back("no change is marked");
  return sentences;
}

std::vector<std::string> trend_notes(const Trend& trend) {
  std::vector<std::string> sentences;
  std::map<std::string, std::vector<std::string>> cuts;
  std::vector<std::string> short_ones;
  bool exact = false;
  for (const TrendSeries& series : trend.series) {
    for (const TrendPoint& point : series.points) {
      if (!point.cut.empty()) cuts[fmt::format("at result {}: {}", point.id, point.cut)].push_back(trend_name(series));
    }
    if (series.too_short) short_ones.push_back(trend_name(series));
    exact = exact || std::any_of(series.changes.begin(), series.changes.end(), [](const auto& c) { return c.exact; });
  }
  for (const auto& [cut, names] : cuts) {
    sentences.push_back(fmt::format("{} begin{} anew {}", some(names), names.size() == 1 ? "s" : "", cut));
  }
  if (!short_ones.empty()) {
    sentences.push_back(
        fmt::format("a change can be told from chance here in {} results or more that may be compared; "
                    "there are fewer of {}",
                    trend.fewest, some(short_ones)));
  }
  if (trend.tests > 0) {
    sentences.push_back(
        fmt::format("marked is what E-divisive finds (Matteson and James 2014) and is more than {}: where "
                    "nothing changed, a table like this has a mark by chance in {} of 100 cases at most",
                    shown_share(trend.tolerance), plain_number(100 * trend.level)));
  } else if (exact) {
    sentences.push_back(
        fmt::format("marked is a simulated count that differs by more than {}", shown_share(trend.tolerance)));
  }
  return sentences;
}

}  // namespace countercheck
