#pragma once

#include <optional>
#include <string>
#include <vector>

#include "experiment/results.hpp"

namespace countercheck {

// A command that is only simulated: what a person wrote, and what is run for it.
struct SimulatedCommand {
  std::string shown{};
  std::vector<std::string> words{};
  bool built_in = false;                // a variant of ours, which marks its region
  std::optional<ShortRun> shortened{};  // where it does fewer steps than it would do unsimulated
};

// "diffusion/roll-add --size 512" is a built-in variant with its options; of a job whose steps are alike few are done,
// unless --iterations says how many. All else is a program: ./diffusion/roll-add too. Throws UserError for a variant
// that the built-in job does not have.
SimulatedCommand choose_command(const std::vector<std::string>& words);

}  // namespace countercheck
