#pragma once

#include <string>
#include <vector>

#include "analysis/comparison.hpp"

namespace countercheck {

// What stands over the verdicts: "new against old: ratios and their intervals, all 4 of which hold together at 95 %".
std::string verdict_heading(const Comparison& comparison);

// What must be said under them: why some are undecided, what the baseline against itself gave, how many rounds the time
// would need, and what is odd about the samples.
std::vector<std::string> inference_sentences(const Comparison& comparison);

}  // namespace countercheck
