#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/comparison.hpp"
#include "analysis/stat_summary.hpp"

namespace countercheck {

// What was simulated: the machine with its caches, by which engine, how many of the steps, and where that is not the
// machine asked for. Empty where no row is from a simulation.
std::vector<std::string> simulation_sentences(const Comparison& comparison);
std::vector<std::string> simulation_sentences(const StatSummary& summary);
std::vector<std::string> simulation_sentences(const Simulation& simulation, const std::optional<ShortRun>& shortened);

}  // namespace countercheck
