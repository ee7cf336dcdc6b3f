#include "simulator/cache_summary.hpp"

#include <fmt/format.h>

#include "simulator/sizes.hpp"

namespace countercheck {

std::string cache_summary(const sim_geometry& cache, std::uint32_t line_bytes) {
  return fmt::format("{} {}-way", shown_bytes(cache_bytes(cache, line_bytes)), cache.ways);
}

std::string cache_summary(const SimulatedMachine& machine) {
  std::string text;
  const auto add = [&](const std::string& name, const sim_geometry& cache) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, cache_summary(cache, machine.model.line_bytes));
  };
  for (std::uint32_t i = 0; i < machine.model.level_count; ++i) {
    const sim_level& level = machine.model.levels[i];
    add(machine.level_names[i] + (level.split ? "d" : ""), level.data);
    if (level.split) add(machine.level_names[i] + "i", level.code);
  }
  return text;
}

}  // namespace countercheck
