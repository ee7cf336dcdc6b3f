#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "experiment/machine.hpp"
#include "experiment/stamp.hpp"

namespace countercheck {

// The stamps that events were given on one machine: a JSON file for each machine, named by what decides what its
// counters count (the processor's model, the kernel, the hypervisor), and holding that.

// Where they are kept: in "stamps" of the data folder (data_folder.hpp), if there is one.
std::optional<std::filesystem::path> stamps_folder();

// "GenuineIntel-6-CF-8_6.1.0_KVM.json".
std::string stamps_file_name(const Machine& machine);

// Those of this machine, sorted by event; none where there is no file. Throws UserError for one that is broken.
std::vector<Stamp> read_stamps(const std::filesystem::path& folder, const Machine& machine);

// Adds them to those that are there, in place of older ones of the same events, and returns the file. What was there
// stays whole when the disk is full. Throws UserError when it cannot be written.
std::filesystem::path store_stamps(const std::filesystem::path& folder, const Machine& machine,
                                   const std::vector<Stamp>& stamps);

}  // namespace countercheck
