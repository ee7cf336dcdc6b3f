#include "experiment/machine.hpp"

#include <hwloc.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <memory>
#include <string_view>

#include "counters/access.hpp"
#include "experiment/pinning.hpp"

namespace countercheck {
namespace {

// The value of the first "key : value" or KEY="value" line.
std::string value_in(const char* file, std::string_view key, char separator) {
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    const auto at = line.find(separator);
    if (at == std::string::npos) continue;
    std::string_view name(line.data(), at);
    while (!name.empty() && (name.back() == ' ' || name.back() == '\t')) name.remove_suffix(1);
    if (name != key) continue;
    std::string value = line.substr(at + 1);
    value.erase(0, value.find_first_not_of(" \t\""));
    value.erase(value.find_last_not_of(" \t\"") + 1);
    return value;
  }
  return "";
}

// The word in brackets of "always [madvise] never".
std::string huge_pages() {
  std::ifstream stream("/sys/kernel/mm/transparent_hugepage/enabled");
  std::string line;
  std::getline(stream, line);
  const auto begin = line.find('[');
  const auto end = line.find(']');
  return begin == std::string::npos || end < begin ? "" : line.substr(begin + 1, end - begin - 1);
}

std::vector<Cache> read_caches() {
  hwloc_topology_t topology = nullptr;
  if (hwloc_topology_init(&topology) != 0) return {};
  const std::unique_ptr<hwloc_topology, void (*)(hwloc_topology_t)> owner(topology, hwloc_topology_destroy);
  hwloc_topology_set_icache_types_filter(topology, HWLOC_TYPE_FILTER_KEEP_ALL);
  if (hwloc_topology_load(topology) != 0) return {};

  std::map<std::pair<unsigned, std::string>, Cache> found;
  for (const auto type :
       {HWLOC_OBJ_L1CACHE, HWLOC_OBJ_L1ICACHE, HWLOC_OBJ_L2CACHE, HWLOC_OBJ_L3CACHE, HWLOC_OBJ_L4CACHE}) {
    for (hwloc_obj_t object = nullptr; (object = hwloc_get_next_obj_by_type(topology, type, object));) {
      const auto& attributes = object->attr->cache;
      if (attributes.size == 0) continue;  // many Arm kernels tell that a cache is there and nothing of it
      const char* const kind = attributes.type == HWLOC_OBJ_CACHE_DATA          ? "data"
                               : attributes.type == HWLOC_OBJ_CACHE_INSTRUCTION ? "instruction"
                                                                                : "unified";
      Cache& cache = found[{attributes.depth, kind}];
      cache.level = attributes.depth;
      cache.type = kind;
      cache.bytes = attributes.size;
      // hwloc says -1 for fully associative and 0 for unknown.
      cache.ways = attributes.associativity > 0 ? static_cast<unsigned>(attributes.associativity) : 0;
      cache.line = attributes.linesize;
      ++cache.instances;
    }
  }
  std::vector<Cache> caches;
  caches.reserve(found.size());
  for (auto& [key, cache] : found) caches.push_back(std::move(cache));
  return caches;
}

std::uint64_t setting(int name) {
  const long value = sysconf(name);
  return value > 0 ? static_cast<std::uint64_t>(value) : 0;
}

}  // namespace

std::string cpu_id() {
  constexpr const char* kInfo = "/proc/cpuinfo";
  const std::string vendor = value_in(kInfo, "vendor_id", ':');
  if (vendor.empty()) {
    const std::string implementer = value_in(kInfo, "CPU implementer", ':');
    return implementer.empty()
               ? ""
               : implementer + "-" + value_in(kInfo, "CPU part", ':') + "-" + value_in(kInfo, "CPU variant", ':');
  }
  std::string id = vendor;
  for (const char* key : {"cpu family", "model", "stepping"}) {
    const std::string number = value_in(kInfo, key, ':');
    char hexadecimal[16] = "";
    std::snprintf(hexadecimal, sizeof hexadecimal, "-%lX", std::strtoul(number.c_str(), nullptr, 10));
    id += hexadecimal;
  }
  return id;
}

unsigned cpus_allowed() {
  return static_cast<unsigned>(allowed_cpus().size());
}

Machine this_machine() {
  const Access access = read_access();
  utsname names{};
  uname(&names);
  Machine machine{.cpu = value_in("/proc/cpuinfo", "model name", ':'),
                  .cpu_id = cpu_id(),
                  .architecture = names.machine,
                  .kernel = names.release,
                  .system = value_in("/etc/os-release", "PRETTY_NAME", '='),
                  .hypervisor = access.hypervisor,
                  .cpus = static_cast<unsigned>(setting(_SC_NPROCESSORS_ONLN)),
                  .cpus_allowed = cpus_allowed(),
                  .memory = setting(_SC_PHYS_PAGES) * setting(_SC_PAGESIZE),
                  .page = setting(_SC_PAGESIZE),
                  .huge_pages = huge_pages(),
                  .perf_event_paranoid = access.paranoid,
                  .caches = read_caches()};
  if (machine.cpu.empty()) machine.cpu = machine.cpu_id;
  return machine;
}

}  // namespace countercheck
