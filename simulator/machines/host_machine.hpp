#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "simulator/machines/simulated_machine.hpp"
#include "simulator/machines/sysfs_caches.hpp"

namespace countercheck {

// The name of the machine we run on.
inline constexpr std::string_view kHostMachine = "host";

// Where the host is looked at; tests look at captured machines.
struct HostRoots {
  std::string hwloc_xml{};  // empty: this machine
  std::filesystem::path cpus = kCpus;
};

// The machine we run on: the caches of its first CPU as hwloc and sysfs tell them, and the cores that have the same
// under one last cache. What neither knows (TLB, branch predictor, replacement) is said in its notes, and so is every
// figure in which they differ. Throws UserError where the geometry is not known, with the file to write instead.
SimulatedMachine host_machine(const HostRoots& roots = {});

}  // namespace countercheck
