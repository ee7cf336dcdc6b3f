#pragma once

#include <vector>

#include "cli/workload_catalogue.hpp"
#include "experiment/results.hpp"
#include "experiment/suite.hpp"

namespace countercheck {

// What a suite asks to be run: everything but how it is measured. All of its variants have names. `families` are looked
// at where it has built-in ones. Throws UserError, with the place, for what cannot be.
Experiment experiment_of(const Suite& suite, const std::vector<WorkloadFamily>& families);

}  // namespace countercheck
