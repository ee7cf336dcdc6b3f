#include "cli/engine_machine.hpp"

#include <fmt/format.h>

#include "counters/user_error.hpp"
#include "experiment/machine.hpp"
#include "simulator/sizes.hpp"

namespace countercheck {
namespace {

sim_geometry geometry_of(const Cache& cache) {
  return {.sets = static_cast<std::uint32_t>(cache.bytes / (std::uint64_t{cache.ways} * cache.line)),
          .ways = cache.ways,
          .policy = SIM_LRU};
}

}  // namespace

EngineMachine engine_machine(const std::string& name) {
  if (name != "host") throw UserError(Trouble::usage, fmt::format("there is no machine '{}'", name));
  EngineMachine machine{.name = name};
  machine.model.line_bytes = 64;
  machine.model.cores = 1;
  for (const Cache& cache : this_machine().caches) {
    if (cache.ways == 0 || cache.line == 0) continue;
    sim_level& level = machine.model.levels[cache.level - 1];
    (cache.type == "instruction" ? level.code : level.data) = geometry_of(cache);
    level.split = level.split || cache.type != "unified";
    machine.model.level_count = std::max(machine.model.level_count, cache.level);
    machine.described += fmt::format("{}L{} {} {}-way", machine.described.empty() ? "" : ", ", cache.level,
                                     shown_bytes(cache.bytes), cache.ways);
  }
  return machine;
}

}  // namespace countercheck
