#pragma once

#include <string>
#include <vector>

#include "analysis/stat_summary.hpp"

namespace countercheck {

// One line of perf stat's block, piece by piece; any piece but the first two may be empty.
struct StatLine {
  std::string value;                     // "10,194,811,718", "3059.219862", "<no PMU>"
  std::string name;                      // "cycles", "task-clock (msec)", "seconds elapsed"
  std::vector<std::string> annotations;  // "   3.332 GHz": the numbers are in line with each other
  std::string spread;                    // "( ± 0.12% )": the standard error of the mean relative to the mean
  std::string marks;                     // "[estimated, counted 62 % of the time] [1]"

  bool operator==(const StatLine&) const = default;
};

// The counts, and what perf prints below them: elapsed, user and system time, and the peak of the memory.
struct StatLines {
  std::vector<StatLine> counts;
  std::vector<StatLine> totals;
};

StatLines stat_lines(const StatSummary& summary);

// "Counts for './a.out' (3 runs)", then what of it was counted and whether all runs completed.
std::vector<std::string> stat_heading(const StatSummary& summary);

// Wrong results, footnotes, and the experiment's notes.
std::vector<std::string> stat_footnotes(const StatSummary& summary);

// A rate in the unit in which it is at least 1: " 113.362 M/sec". `value` per second.
std::string shown_rate(double value);

}  // namespace countercheck
