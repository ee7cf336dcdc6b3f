#include "simulator/machines/host_machine.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "counters/user_error.hpp"
#include "simulator/machines/agreed_caches.hpp"
#include "simulator/machines/hwloc_view.hpp"

namespace countercheck {
namespace {

[[noreturn]] void fail(const std::string& why) {
  throw UserError(
      Trouble::usage,
      fmt::format("the machine 'host' is not known well enough to be simulated: {}; write its caches into a "
                  "file ('countercheck list machines book' names one to start from) and give that file "
                  "instead: --machine ./host.json",
                  why));
}

sim_geometry geometry(const HostCache& cache, std::uint64_t line_bytes) {
  for (const auto& [figure, number] : {std::pair("size", cache.bytes), {"ways", cache.ways}, {"line", cache.line}}) {
    if (number == 0) fail(fmt::format("neither hwloc nor sysfs tells the {} of its {}", figure, cache_name(cache)));
  }
  if (cache.bytes % (cache.ways * line_bytes) != 0) {
    fail(fmt::format("its {} is told to have {} bytes, which {} ways and lines of {} bytes do not divide",
                     cache_name(cache), cache.bytes, cache.ways, line_bytes));
  }
  return {static_cast<std::uint32_t>(cache.bytes / (cache.ways * line_bytes)), static_cast<std::uint32_t>(cache.ways),
          SIM_LRU};
}

// Adds the level that begins with this cache and returns how many caches it took.
std::size_t add_level(SimulatedMachine& machine, const std::vector<HostCache>& caches, std::size_t at) {
  const HostCache& cache = caches[at];
  const std::uint32_t index = machine.model.level_count;
  if (index == SIM_MAX_LEVELS) fail(fmt::format("it has more than {} levels of cache", SIM_MAX_LEVELS));
  if (cache.holds == CacheHolds::code) fail(fmt::format("nobody tells of its L{}d", cache.level));
  sim_level& level = machine.model.levels[machine.model.level_count++];
  level.data = geometry(cache, machine.model.line_bytes);
  level.split = cache.holds == CacheHolds::data;
  if (level.split) {
    const bool has_code = at + 1 < caches.size() && caches[at + 1].level == cache.level;
    if (!has_code) fail(fmt::format("nobody tells of its L{}i", cache.level));
    level.code = geometry(caches[at + 1], machine.model.line_bytes);
  }
  level.shared = index > 0 && cache.cores > 1 && cache.cores >= machine.model.cores;
  level.inclusion = index > 0 && cache.inclusive ? SIM_INCLUSIVE : SIM_NON_INCLUSIVE;
  machine.level_names.push_back(fmt::format("L{}", cache.level));
  if (cache.cores > 1 && !level.shared) {
    machine.notes.push_back(
        fmt::format("{} cores share one {}; here each has its own.", cache.cores, cache_name(cache)));
  }
  if (cache.line != machine.model.line_bytes) {
    machine.notes.push_back(fmt::format("The lines of its {} have {} bytes; here they have {}, as in the first level.",
                                        cache_name(cache), cache.line, machine.model.line_bytes));
  }
  return level.split ? 2 : 1;
}

void add_cores(SimulatedMachine& machine, const HwlocView& view, const std::vector<HostCache>& caches) {
  const unsigned cores = std::max(view.cores > 0 ? view.cores : caches.back().cores, 1U);
  machine.model.cores = std::min<std::uint32_t>(cores, SIM_MAX_CORES);
  const unsigned others = view.other_cores + cores - machine.model.cores;
  if (others > 0) {
    machine.notes.push_back(
        fmt::format("{} more cores, of another kind or under another last cache, are left out.", others));
  }
}

void add_unknowns(SimulatedMachine& machine) {
  machine.branches = {.conditional = SIM_GSHARE,
                      .table_bits = 14,
                      .history_bits = 12,
                      .indirect = SIM_LAST_TARGET,
                      .target_bits = 12,
                      .returns = 16,
                      .address_zeros = kAddressZeros};
  machine.notes.emplace_back("The replacement is not told; LRU stands for it.");
  machine.notes.emplace_back("Inclusion is told on x86 only; a level is non-inclusive where nothing is told.");
  machine.notes.emplace_back("The TLB is not told: none is simulated.");
  machine.notes.emplace_back(
      "The branch predictor is not told: gshare with 2^14 counters and 12 bits of history, 2^12 last targets and a "
      "return stack of 16 stand for it.");
}

}  // namespace

SimulatedMachine host_machine(const HostRoots& roots) {
  const HwlocView view = read_hwloc(roots.hwloc_xml);
  const AgreedCaches agreed = agree(view.caches, read_sysfs_caches(view.cpu, roots.cpus));
  const std::string cpu_folder = fmt::format("{}/cpu{}/cache", roots.cpus.string(), view.cpu);
  if (agreed.caches.empty()) fail(fmt::format("neither hwloc nor {} tells of any cache", cpu_folder));

  SimulatedMachine machine{
      .name = std::string(kHostMachine),
      .title = view.processor.empty() ? "This machine" : fmt::format("This machine: {}", view.processor)};
  machine.model.writes_back = true;
  machine.model.line_bytes = static_cast<std::uint32_t>(agreed.caches.front().line);
  if (machine.model.line_bytes == 0) {
    fail(fmt::format("neither hwloc nor sysfs tells the line of its {}", cache_name(agreed.caches.front())));
  }
  machine.notes = agreed.disagreements;
  add_cores(machine, view, agreed.caches);
  for (std::size_t at = 0; at < agreed.caches.size();) at += add_level(machine, agreed.caches, at);
  machine.sources.push_back({.figures = "caches, line and cores",
                             .from = fmt::format("hwloc, checked against {}", cpu_folder),
                             .verified = agreed.disagreements.empty()});
  add_unknowns(machine);
  if (const char* const fault = sim_machine_fault(&machine.model)) fail(fault);
  return machine;
}

}  // namespace countercheck
