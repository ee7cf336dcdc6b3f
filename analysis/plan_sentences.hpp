#pragma once

#include <string>
#include <vector>

#include "experiment/results.hpp"

namespace countercheck {

// In what order samples were taken and under what, in one sentence; none for results without a plan, which older
// versions wrote, and none for a single command that was run in the plainest way.
std::vector<std::string> plan_sentences(const Experiment& experiment);

}  // namespace countercheck
