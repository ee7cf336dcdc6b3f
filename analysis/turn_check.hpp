#pragma once

#include <string>

#include "experiment/results.hpp"

namespace countercheck {

// Whether the measured samples stand in the order that the plan and its seed draw. At most one of the two is set.
struct TurnCheck {
  std::string contradiction{};  // "sample 7 is of b, round 2: the plan has a there"
  std::string remark{};         // that rounds are not there, as after a run that was killed
};

// Only for results that tell a plan, schema 4 and later, and that countercheck took itself.
TurnCheck check_turns(const Experiment& experiment);

}  // namespace countercheck
