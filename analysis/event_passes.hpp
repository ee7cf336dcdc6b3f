#pragma once

#include <string>
#include <vector>

#include "experiment/results.hpp"

namespace countercheck {

// What must be said under a table whose events were counted in several passes: which event in which, where the anchor,
// which every pass counted, disagrees between them, and of which ratios the events did not fit into one pass, or took
// turns on the PMU. Empty where one pass had all and nothing took turns.
std::vector<std::string> event_pass_sentences(const Experiment& experiment);

// By how much the anchor may differ between the passes of one variant before it is said, relative to the smallest.
inline constexpr double kAnchorTolerance = 0.01;

}  // namespace countercheck
