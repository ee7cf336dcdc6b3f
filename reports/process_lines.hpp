#pragma once

#include <string>
#include <vector>

#include "experiment/results.hpp"

namespace countercheck {

// One process of a simulated run, or one of its threads where it has several.
struct ProcessLine {
  std::string instructions{};
  std::string last_level_misses{};
  std::string name{};  // "gzip (process 123)", "thread 2"
  bool is_thread = false;

  bool operator==(const ProcessLine&) const = default;
};

std::vector<ProcessLine> process_lines(const std::vector<SimulatedProcess>& processes);

}  // namespace countercheck
