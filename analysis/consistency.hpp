#pragma once

#include <string>
#include <vector>

#include "experiment/results.hpp"

namespace countercheck {

// What a results file tells of itself that cannot all be true: it was changed by hand, lost samples, or was written by
// a countercheck with a mistake. A sentence each, with the sample by its place in the file, from 1.
struct Consistency {
  std::vector<std::string> contradictions{};
  std::vector<std::string> remarks{};  // what a counter may really have told, though it cannot be what its name says
};

Consistency consistency_of(const Experiment& experiment);

}  // namespace countercheck
