#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/measure.hpp"
#include "experiment/results.hpp"

namespace countercheck {

// One result of the history.
struct TrendResult {
  std::int64_t id = 0;
  std::string revision{};  // of all variants that do not tell their own
  Experiment experiment{};
};

// What of it is asked.
struct TrendChoice {
  std::vector<std::string> variants{};  // names; none: all
  std::vector<std::string> events{};    // names; none: all
  double level = 0.05;                  // chance of any mark in the whole table where nothing changes
  double tolerance = 0.01;              // changes of a smaller share are not marked
};

// One result in one series: the median over the rounds, or the absence that stands in its place.
struct TrendPoint {
  std::int64_t id = 0;
  std::string revision{};
  std::string began{};
  std::optional<double> value{};      // in the measure's unit
  std::optional<double> deviation{};  // sample standard deviation between the rounds; empty: one sample
  std::size_t n = 0;                  // samples with a value
  std::string absent{};               // why there is no value
  std::string cut{};  // why it may not be compared with the points before: "the kernel is 6.2, not 6.1"; empty: it may
};

// A change that is marked: the series has another level from a point on.
struct TrendChange {
  std::size_t at = 0;  // index of the first point of the new level
  std::size_t n_before = 0;
  std::size_t n_after = 0;
  double before = 0;           // median of the points' values since the change or the cut before
  double after = 0;            // and until the next one
  bool exact = false;          // simulated counts without any spread are compared as they are
  double p = 0;                // else the chance, by change_points.hpp
  std::string since{};         // the revision of the last point with a value before
  bool same_revision = false;  // which is the one after too: it is not the code that changed

  // after / before; empty where that is nothing.
  std::optional<double> ratio() const { return before > 0 ? std::optional(after / before) : std::nullopt; }
};

// One event of one variant over time, all counted by the same source in the same mode.
struct TrendSeries {
  std::string problem{};     // of the experiments; results of another one are another series
  bool region = false;       // the marked region was counted, not the whole process
  std::string variant{};     // its name
  std::string parameters{};  // "size=512"; may be empty
  std::string event{};       // as asked
  std::string name{};        // as shown: "time", "cycles:u"
  Measure measure = Measure::count;
  Source source{};
  Privilege privilege{};
  std::vector<TrendPoint> points{};    // in the order of time
  std::vector<TrendChange> changes{};  // likewise
  std::size_t tested = 0;              // pieces between cuts that were long enough for a test
  bool too_short = false;              // it has a piece with spread that is not
};

struct Trend {
  std::string suite{};
  double level = 0;
  double tolerance = 0;
  std::size_t tests = 0;   // pieces tested, among which the level was divided
  std::size_t fewest = 0;  // results that a piece must have to be tested
  std::vector<TrendSeries> series{};
};

// Results of one suite, in any order, which become series in the order of time. A second measurement of a variant (the
// A/A arm) is left out. A series is cut where its points may not be compared: times and counts of the machine where
// the machine differs, simulated counts where the simulated machine, the tool or the share that was simulated does, all
// of them where the variant computed something else. Within a piece, change_points.hpp finds the changes, at the level
// divided by the number of pieces (Bonferroni); simulated counts that had no spread, neither within a
// result nor between results of one revision, are compared with the level before as they are.
Trend trend_of(const std::vector<TrendResult>& results, const TrendChoice& choice);

}  // namespace countercheck
