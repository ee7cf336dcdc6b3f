#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "experiment/results.hpp"

namespace countercheck {

// What the links of a chain are made of: an event, or the work items.
struct Part {
  std::optional<std::size_t> event{};  // index into Experiment::events; empty: the work items
  Pass pass = Pass::measured;
};

// What two samples have of each part: of the baseline's and of a variant's, taken in the same round.
struct PartPair {
  std::vector<double> baseline{};
  std::vector<double> variant{};
};

struct PartPairs {
  std::vector<PartPair> pairs{};
  std::vector<bool> steady{};  // of each part: the same in every sample of both, or simulated
  bool user_only = false;      // a part was counted in user mode only
};

// Pairs of samples of the same round, layout and pass over the events that have all parts. Counts must be of one source
// and level and have had their counter all the time: what is estimated, or was counted at other times, is part of
// nothing. The samples are of the last part's pass; a part that is simulated beside measured ones is taken from any
// simulated sample, for they are all the same, and stands for all steps of the job.
PartPairs pair_parts(const Experiment& experiment, std::size_t variant, const std::vector<Part>& parts);

}  // namespace countercheck
