#include "experiment/pinning.hpp"

#include <fmt/format.h>
#include <hwloc.h>
#include <sched.h>
#include <sys/personality.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <tuple>

#include "counters/core_types.hpp"
#include "counters/user_error.hpp"

namespace countercheck {
namespace {

// What personality(2) takes for a question.
constexpr unsigned long kWhich = 0xffff'ffff;

using Topology = std::unique_ptr<hwloc_topology, void (*)(hwloc_topology_t)>;
using Bitmap = std::unique_ptr<hwloc_bitmap_s, void (*)(hwloc_bitmap_t)>;

Topology load_topology() {
  hwloc_topology_t topology = nullptr;
  if (hwloc_topology_init(&topology) != 0) return {nullptr, hwloc_topology_destroy};
  Topology owner(topology, hwloc_topology_destroy);
  if (hwloc_topology_load(topology) != 0) owner.reset();
  return owner;
}

// hwloc ranks the kinds of cores by what the kernel tells of their frequency and capacity.
int speed_of(hwloc_topology_t topology, unsigned cpu) {
  const Bitmap set(hwloc_bitmap_alloc(), hwloc_bitmap_free);
  hwloc_bitmap_only(set.get(), cpu);
  const int kind = hwloc_cpukinds_get_by_cpuset(topology, set.get(), 0);
  int efficiency = 0;
  if (kind < 0) return 0;
  if (hwloc_cpukinds_get_info(topology, static_cast<unsigned>(kind), nullptr, &efficiency, nullptr, nullptr, 0) != 0) {
    return 0;
  }
  return std::max(0, efficiency);
}

// "2" or "2-3".
bool is_range(const std::string& part) {
  const auto dash = part.find('-');
  const auto is_number = [](const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
  };
  return is_number(part.substr(0, dash)) && (dash == std::string::npos || is_number(part.substr(dash + 1)));
}

std::vector<unsigned> listed_cpus(const std::string& wish) {
  std::set<unsigned> cpus;
  for (std::size_t begin = 0; begin <= wish.size();) {
    const std::size_t end = std::min(wish.find(',', begin), wish.size());
    const std::string part = wish.substr(begin, end - begin);
    const auto range = is_range(part) ? cpu_list(part) : std::vector<unsigned>{};
    if (range.empty()) {
      throw UserError(Trouble::usage,
                      fmt::format("'{}' is no list of CPUs: write auto, or numbers and ranges as in 2-3,8", wish));
    }
    cpus.insert(range.begin(), range.end());
    begin = end + 1;
  }
  return {cpus.begin(), cpus.end()};
}

}  // namespace

std::string cpus_text(const std::vector<unsigned>& cpus) {
  std::string text;
  for (std::size_t first = 0; first < cpus.size();) {
    std::size_t last = first;
    while (last + 1 < cpus.size() && cpus[last + 1] == cpus[last] + 1) ++last;
    if (!text.empty()) text += ',';
    text += last == first ? fmt::format("{}", cpus[first]) : fmt::format("{}-{}", cpus[first], cpus[last]);
    first = last + 1;
  }
  return text;
}

std::vector<unsigned> allowed_cpus() {
  // 8192 CPUs, the kernel's own limit on x86; a set of that size is enough and needs no retry.
  constexpr unsigned kMost = 8192;
  const std::unique_ptr<cpu_set_t, void (*)(cpu_set_t*)> set(CPU_ALLOC(kMost), [](cpu_set_t* s) { CPU_FREE(s); });
  const std::size_t size = CPU_ALLOC_SIZE(kMost);
  std::vector<unsigned> cpus;
  if (!set || sched_getaffinity(0, size, set.get()) != 0) return cpus;
  for (unsigned cpu = 0; cpu < kMost; ++cpu) {
    if (CPU_ISSET_S(cpu, size, set.get())) cpus.push_back(cpu);
  }
  return cpus;
}

std::vector<CpuPlace> cpu_places(const std::vector<unsigned>& cpus) {
  const Topology topology = load_topology();
  std::vector<CpuPlace> places;
  constexpr unsigned kOwnCore = 1U << 31;  // no core of hwloc's has such a number
  for (const unsigned cpu : cpus) {
    CpuPlace place{.cpu = cpu, .core = kOwnCore + cpu};
    const hwloc_obj_t unit = topology ? hwloc_get_pu_obj_by_os_index(topology.get(), cpu) : nullptr;
    const hwloc_obj_t core = unit ? hwloc_get_ancestor_obj_by_type(topology.get(), HWLOC_OBJ_CORE, unit) : nullptr;
    if (core) place.core = core->logical_index;
    if (unit) place.speed = speed_of(topology.get(), cpu);
    places.push_back(place);
  }
  return places;
}

std::vector<unsigned> spread(std::vector<CpuPlace> places) {
  std::set<unsigned> with_cpu_0;
  for (const auto& place : places) {
    if (place.cpu == 0) with_cpu_0.insert(place.core);
  }
  std::sort(places.begin(), places.end(), [](const CpuPlace& a, const CpuPlace& b) { return a.cpu < b.cpu; });
  std::map<unsigned, unsigned> seen;  // CPUs of a core so far
  std::vector<std::tuple<unsigned, int, bool, unsigned, unsigned>> keys;
  for (const auto& place : places) {
    keys.emplace_back(seen[place.core]++, -place.speed, with_cpu_0.contains(place.core), place.core, place.cpu);
  }
  std::sort(keys.begin(), keys.end());
  std::vector<unsigned> cpus;
  for (const auto& key : keys) cpus.push_back(std::get<4>(key));
  return cpus;
}

std::vector<unsigned> chosen_cpus(const std::string& wish, std::optional<unsigned> threads) {
  const std::vector<unsigned> allowed = allowed_cpus();
  if (wish != "auto") {
    const auto cpus = listed_cpus(wish);
    for (const unsigned cpu : cpus) {
      if (!std::binary_search(allowed.begin(), allowed.end(), cpu)) {
        throw UserError(Trouble::usage, fmt::format("CPU {} is not one of those that this process may use, {}", cpu,
                                                    cpus_text(allowed)));
      }
    }
    return cpus;
  }
  const auto places = cpu_places(allowed);
  std::set<unsigned> cores;
  for (const auto& place : places) cores.insert(place.core);
  std::vector<unsigned> cpus = spread(places);
  cpus.resize(std::min<std::size_t>(cpus.size(), threads.value_or(static_cast<unsigned>(cores.size()))));
  std::sort(cpus.begin(), cpus.end());
  return cpus;
}

bool may_stop_randomisation() {
  const int now = personality(kWhich);
  if (now < 0 || personality(static_cast<unsigned long>(now) | ADDR_NO_RANDOMIZE) < 0) return false;
  personality(static_cast<unsigned long>(now));
  return true;
}

bool is_randomised() {
  int setting = 2;
  std::ifstream("/proc/sys/kernel/randomize_va_space") >> setting;
  const int own = personality(kWhich);
  return setting != 0 && (own < 0 || (own & ADDR_NO_RANDOMIZE) == 0);
}

}  // namespace countercheck
