#include "reports/trend_report.hpp"

#include <gmock/gmock.h>

#include <sstream>

#include "reports/text_width.hpp"
#include "reports/trend_tables.hpp"
#include "tests/unit/reports/screens.hpp"

namespace countercheck {
namespace {

using testing::rendered;
using testing::screen;

// Twelve results, every figure invented: the time is 3 % up from the ninth on, where one of the others is cut and one
// has no value.
Trend a_trend() {
  Trend trend{.suite = "diffusion", .level = 0.05, .tolerance = 0.01, .tests = 1, .fewest = 8};
  TrendSeries time{.problem = "1024 x 1024 doubles, 50 iterations, 1 thread",
                   .region = true,
                   .variant = "roll-add",
                   .event = "wall-time",
                   .name = "time",
                   .measure = Measure::nanoseconds,
                   .source = Source::clock,
                   .tested = 1};
  TrendSeries misses = time;
  misses.event = misses.name = "cache-misses";
  misses.measure = Measure::count;
  misses.source = Source::sim;
  misses.tested = 0;
  for (unsigned at = 0; at < 12; ++at) {
    TrendPoint point{.id = at + 1,
                     .revision = "123456789abc"[at] + std::string("a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d"),
                     .began = "2026-11-" + std::to_string(at + 10) + "T08:30:00Z",
                     .value = (at < 8 ? 411e6 : 424e6) + 1e6 * (at % 3),
                     .deviation = 7e6,
                     .n = 5};
    time.points.push_back(point);
    point.value = at < 6 ? 50 : 7'300'000;
    point.deviation = 0;
    if (at == 6) point.cut = "the simulation is that of zen4, not that of book";
    if (at == 3) {
      point.value.reset();
      point.absent = "valgrind was not there";
    }
    misses.points.push_back(point);
  }
  time.changes = {{.at = 8,
                   .n_before = 8,
                   .n_after = 4,
                   .before = 412e6,
                   .after = 425e6,
                   .p = 0.002,
                   .since = time.points[7].revision}};
  trend.series = {time, misses};
  return trend;
}

std::string report(TrendForm form, const Trend& trend, unsigned width = 80, bool colour = false) {
  return rendered(*make_trend_report(form, trend, {.width = width, .colour = colour}));
}

TEST(TrendReport, WholeScreens) {
  Trend one = a_trend();
  one.series.resize(1);
  const std::pair<std::string, std::string> screens[] = {
      {"trend-80.txt", report(TrendForm::text, a_trend())}, {"trend-40.txt", report(TrendForm::text, a_trend(), 40)},
      {"trend-one-80.txt", report(TrendForm::text, one)},   {"trend.md", report(TrendForm::markdown, one)},
      {"trend.csv", report(TrendForm::csv, a_trend())},     {"trend.json", report(TrendForm::json, a_trend())}};
  for (const auto& [name, text] : screens) EXPECT_EQ(text, screen(name, text));
}

TEST(TrendReport, EveryWidthIsKeptTo) {
  for (unsigned width = 20; width <= 160; width += 7) {
    std::istringstream lines(report(TrendForm::text, a_trend(), width));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(display_width(line), width) << line;
  }
  EXPECT_EQ(testing::uncoloured(report(TrendForm::text, a_trend(), 80, true)), report(TrendForm::text, a_trend()));
}

TEST(TrendReport, TheSentenceOfAChangeHasItsRevisionAndItsSize) {
  Trend trend = a_trend();
  EXPECT_EQ(
      trend_changes(trend).front(),
      "time of roll-add: +3.2 % at 9a2b3c4 (result 9 of 2026-11-18), after 8a2b3c4: 412.0 ms in 8 results before, "
      "425.0 ms in 4 results since; p 0.0020");
  trend.series[0].changes[0].same_revision = true;
  EXPECT_THAT(trend_changes(trend).front(),
              ::testing::EndsWith("; the revision is the same, so it is not the code that changed"));
  trend.series[0].changes.clear();
  EXPECT_EQ(trend_changes(trend).front(), "no change is marked");
}

TEST(TrendReport, ANoiseIsNoMountain) {
  TrendSeries series;
  for (const double value : {1000, 1001, 1000, 999}) series.points.push_back({.value = value});
  EXPECT_EQ(sparkline(series), "▅▅▅▄");
  for (TrendPoint& point : series.points) point.value = 0;
  EXPECT_EQ(sparkline(series), "▅▅▅▅");
  series.points[1].value = 7;
  series.points[2].cut = "another machine";
  series.points[3].value.reset();
  EXPECT_EQ(sparkline(series), "▁█|▁·");
}

TEST(TrendReport, ChangesAreShownWithTheirSign) {
  EXPECT_EQ(shown_change(1.031), "+3.1 %");
  EXPECT_EQ(shown_change(0.88), "-12 %");
  EXPECT_EQ(shown_change(1), "0 %");
  EXPECT_EQ(shown_change(3.5), "+250 %");
}

}  // namespace
}  // namespace countercheck
