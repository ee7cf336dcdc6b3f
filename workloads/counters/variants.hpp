#pragma once

#include <cstdint>
#include <vector>

#include "workloads/problem.hpp"
#include "workloads/steps.hpp"

namespace countercheck::workloads::counters {

// One variant: problem.threads threads each add 1 to a counter of their own, problem.size times a step, for
// problem.iterations steps, without meeting between the steps. Returns the counters, one for each thread.
using Run = std::vector<std::uint64_t> (*)(const Problem& problem, const Region& region);

std::vector<std::uint64_t> unshared(const Problem& problem, const Region& region);
std::vector<std::uint64_t> false_sharing(const Problem& problem, const Region& region);

}  // namespace countercheck::workloads::counters
