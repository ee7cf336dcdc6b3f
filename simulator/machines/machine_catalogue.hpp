#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "simulator/machines/simulated_machine.hpp"

namespace countercheck {

// Where the machine files lie: installed, share/countercheck/machines under the prefix of our own executable; in a
// build tree, simulator/machines. Throws UserError when neither is there.
std::filesystem::path machines_folder();

// The names that --machine takes: the host's, then those of the folder's files, sorted. No folder: machines_folder().
std::vector<std::string> machine_names(const std::filesystem::path& folder = {});

// The machine that a user names: by name; or a file of the user's own, which has a slash or ends in .json. Throws
// UserError for an unknown name, with the nearest and the list, and for what host_machine and read_machine_file refuse.
SimulatedMachine find_machine(const std::string& name, const std::filesystem::path& folder = {});

}  // namespace countercheck
