#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "analysis/measure.hpp"
#include "experiment/results.hpp"

namespace countercheck {

// One event of two variants in one round: in samples that were taken one soon after the other, so that what slows the
// machine down slows both.
struct Pair {
  unsigned round = 0;
  unsigned layout = 0;
  unsigned event_pass = 0;
  double one = 0;  // as it is shown: in the unit, or in the unit per work item
  double other = 0;

  bool operator==(const Pair&) const = default;
};

// one / other, where two zeros are equal, and something is infinitely more than nothing.
double ratio(const Pair& pair);

struct Pairs {
  std::vector<Pair> pairs{};  // in the order of time
  double coverage = 1;        // of the worst of both; below 1 they are estimates
  // The raw values of either were the same in all of its samples, simulated once or counted twice at the least.
  bool steady = false;
  std::string why_none{};  // a clause, where there is no pair
};

// `one` against `other` by one event, from the pass that the event is shown from. Only completed samples of the same
// round, layout and pass over the events, whose readings have the same source, privilege and unit, make a pair.
Pairs pairs_of(const Experiment& experiment, std::size_t one, std::size_t other, std::size_t event,
               Per per = Per::sample);

// What one variant had in one round.
struct Value {
  unsigned round = 0;
  double value = 0;

  bool operator==(const Value&) const = default;
};

// The values of one variant that may be halves of pairs, in the order of time.
std::vector<Value> values_of(const Experiment& experiment, std::size_t variant, std::size_t event,
                             Per per = Per::sample);

}  // namespace countercheck
