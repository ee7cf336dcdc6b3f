#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "analysis/expectation.hpp"
#include "experiment/results.hpp"

namespace countercheck {

// One round (or layout, or pass over the events) in which everything that an expectation reads was there.
struct RoundOfReadings {
  std::vector<double> values{};  // of each of wanted_of(), in that order
};

struct WantedValues {
  std::vector<RoundOfReadings> rounds{};  // in the order of time
  bool steady = false;                    // each reading was the same in every sample of its variant
  std::size_t steady_over = 0;            // samples that were all the same, of the variants together; 0: simulated
  bool simulated = false;
  double coverage = 1;  // of the worst reading
  std::string why{};    // a clause, where there is no round
};

// Everything that the expectation reads, round by round.
WantedValues values_wanted(const Expectation& expectation, const Experiment& experiment);

}  // namespace countercheck
