#pragma once

#include <cstddef>

#include "analysis/inference.hpp"
#include "experiment/results.hpp"

namespace countercheck {

// Judges one variant against the baseline where no round has a sample of both: the samples are of two separate runs
// (analysis/matches.hpp). What has no spread is compared as it is; for the rest the interval is that of
// analysis/unpaired.hpp, each at such a confidence that all hold together (Bonferroni). It knows how much samples of
// one run differ, and not how much two runs of the same program would: whoever shows it has to say so.
Inference infer_unpaired(const Experiment& experiment, std::size_t candidate);

}  // namespace countercheck
