#pragma once

#include "experiment/results.hpp"

namespace countercheck {

// Everything that was asked for is decided: every variant is better, worse or equal by the time, and every expectation
// confirmed or refuted, at each point of a scan. Where samples are looked at after each round, to stop as soon as this holds, Plan::stops_early must be set: the
// intervals are then such that looking often does no harm (analysis/median_interval.hpp).
bool decided(const Experiment& experiment);

}  // namespace countercheck
