#pragma once

#include <string>
#include <vector>

#include "experiment/truth.hpp"

namespace countercheck {

// The executable of the kernels of known truth: beside our own. Throws UserError when it is not there.
std::string truth_program();

// What it offers. Throws UserError when it does not answer as it should.
std::vector<TruthKernel> read_truth_catalogue();

}  // namespace countercheck
