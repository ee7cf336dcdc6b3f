#pragma once

#include <string>
#include <vector>

#include "analysis/trend.hpp"
#include "reports/number_table.hpp"

namespace countercheck {

// A report on a trend in words, for the forms that people read.

// "trend of diffusion, 14 results from 2026-11-01 to 2026-11-20".
std::string trend_heading(const Trend& trend);

// One row for each series: how many results, the first and the latest value, the change between them, its course.
NumberTable trend_table(const Trend& trend);

// One row for each result of one series: its ID, time, revision, value and what was marked there.
NumberTable trend_points(const TrendSeries& series);

// The marked changes, a sentence each: "time of roll-add: +3.1 % at 1a2b3c4 (…)".
std::vector<std::string> trend_changes(const Trend& trend);

// Where series begin anew, which have too few results, and what the marks mean.
std::vector<std::string> trend_notes(const Trend& trend);

// "time of roll-add", "time of roll-add (size=512)".
std::string trend_name(const TrendSeries& series);

// A bar of eight heights for each value, "|" where the series begins anew, "·" where there is no value. The heights
// span the values, and 10 % of the largest at least, so that noise is not made to look like mountains.
std::string sparkline(const TrendSeries& series);

// "+3.1 %", "-12 %", "0 %"; by how much a value changed.
std::string shown_change(double ratio);

}  // namespace countercheck
