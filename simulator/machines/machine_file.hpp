#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "simulator/machines/simulated_machine.hpp"

namespace countercheck {

// Reads a machine from its JSON text; README.md beside this file has the keys. `file` is what errors call it. Throws
// UserError with one sentence for the first thing that is wrong; a machine that is returned is one that the model takes
// (sim_machine_fault, sim_branch_fault).
SimulatedMachine parse_machine(std::string_view text, const std::string& file);

// The same from a file, of at most 1 MiB.
SimulatedMachine read_machine_file(const std::filesystem::path& file);

}  // namespace countercheck
