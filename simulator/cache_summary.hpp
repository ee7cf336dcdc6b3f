#pragma once

#include <string>

#include "simulator/machines/simulated_machine.hpp"

namespace countercheck {

// The caches of a machine in one line: "L1d 32 KiB 8-way, L1i 32 KiB 8-way, L2 256 KiB 8-way, L3 20 MiB 20-way".
std::string cache_summary(const SimulatedMachine& machine);

// One of them: "32 KiB 8-way".
std::string cache_summary(const sim_geometry& cache, std::uint32_t line_bytes);

}  // namespace countercheck
