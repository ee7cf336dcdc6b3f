#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "analysis/dip.hpp"
#include "analysis/measure.hpp"
#include "analysis/pairing.hpp"
#include "analysis/runs.hpp"
#include "experiment/results.hpp"

namespace countercheck {

// What is odd about the samples of one variant by one event. It is told, and nothing is left out for it: a median and
// its interval hardly move for an outlier, and two groups are part of how the variant behaves.
struct Oddity {
  std::size_t variant = 0;
  std::size_t event = 0;
  std::size_t samples = 0;
  double median = 0;               // of the samples
  std::optional<Groups> groups{};  // where they fall into two
  std::vector<Value> outliers{};   // where they do not: values far from the others, in the order of time
  std::optional<Runs> runs{};      // of the ratios to the baseline, where they are too few for independent rounds

  bool operator==(const Oddity&) const = default;
};

// Only where there is anything to tell; events that are exact have nothing.
std::vector<Oddity> oddities(const Experiment& experiment, Per per = Per::sample);

// The places of values whose distance from the median is more than 3.5 times what the median absolute deviation makes
// of a standard deviation, or the mean one where most values are equal. B. Iglewicz, D. C. Hoaglin, How to Detect and
// Handle Outliers (1993). None among fewer than ten.
std::vector<std::size_t> outliers_of(const std::vector<double>& values);

inline constexpr double kFewRuns = 0.01;  // the probability below which runs are told

}  // namespace countercheck
