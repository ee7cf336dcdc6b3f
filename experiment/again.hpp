#pragma once

#include "experiment/results.hpp"

namespace countercheck {

// Adds the A/A arm: the baseline of each point of a scan a second time, as "NAME again". What differs between the two
// is what this machine makes of equal programs.
void measure_baseline_again(Experiment& experiment);

}  // namespace countercheck
