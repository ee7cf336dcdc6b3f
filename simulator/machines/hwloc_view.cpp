#include "simulator/machines/hwloc_view.hpp"

#include <hwloc.h>

#include <algorithm>
#include <memory>

namespace countercheck {
namespace {

using Topology = std::unique_ptr<hwloc_topology, void (*)(hwloc_topology_t)>;

Topology load(const std::string& xml_file) {
  hwloc_topology_t topology = nullptr;
  if (hwloc_topology_init(&topology) != 0) return {nullptr, hwloc_topology_destroy};
  Topology owner(topology, hwloc_topology_destroy);
  hwloc_topology_set_icache_types_filter(topology, HWLOC_TYPE_FILTER_KEEP_ALL);
  const bool chosen = xml_file.empty() || hwloc_topology_set_xml(topology, xml_file.c_str()) == 0;
  if (!chosen || hwloc_topology_load(topology) != 0) owner.reset();
  return owner;
}

// CPUs stand for cores where the kernel of a virtual machine tells none.
int cores_in(hwloc_topology_t topology, hwloc_const_cpuset_t cpus) {
  const int cores = hwloc_get_nbobjs_inside_cpuset_by_type(topology, cpus, HWLOC_OBJ_CORE);
  return cores > 0 ? cores : hwloc_get_nbobjs_inside_cpuset_by_type(topology, cpus, HWLOC_OBJ_PU);
}

HostCache cache_of(hwloc_topology_t topology, hwloc_obj_t object) {
  const auto& attributes = object->attr->cache;
  const char* const inclusive = hwloc_obj_get_info_by_name(object, "Inclusive");
  HostCache cache{.level = attributes.depth,
                  .holds = attributes.type == HWLOC_OBJ_CACHE_DATA          ? CacheHolds::data
                           : attributes.type == HWLOC_OBJ_CACHE_INSTRUCTION ? CacheHolds::code
                                                                            : CacheHolds::both,
                  .bytes = attributes.size,
                  .line = attributes.linesize,
                  .cores = static_cast<unsigned>(std::max(cores_in(topology, object->cpuset), 1)),
                  .inclusive = inclusive != nullptr && std::string(inclusive) == "1"};
  // -1 is fully associative, 0 unknown.
  if (attributes.associativity > 0) cache.ways = static_cast<std::uint64_t>(attributes.associativity);
  if (attributes.associativity < 0 && cache.line > 0) cache.ways = cache.bytes / cache.line;
  return cache;
}

// The caches above a CPU, nearest first.
std::vector<HostCache> caches_above(hwloc_topology_t topology, hwloc_obj_t cpu) {
  std::vector<HostCache> caches;
  for (hwloc_obj_t object = cpu; object != nullptr; object = object->parent) {
    if (hwloc_obj_type_is_cache(object->type) != 0) caches.push_back(cache_of(topology, object));
  }
  sort_nearest_first(caches);
  return caches;
}

// The CPUs under the last cache of a CPU, if cores share it; else all.
hwloc_const_cpuset_t neighbours(hwloc_topology_t topology, hwloc_obj_t cpu) {
  hwloc_const_cpuset_t last = nullptr;
  for (hwloc_obj_t object = cpu; object != nullptr; object = object->parent) {
    if (hwloc_obj_type_is_cache(object->type) != 0) last = object->cpuset;
  }
  return last != nullptr && cores_in(topology, last) > 1 ? last : hwloc_topology_get_topology_cpuset(topology);
}

// Those of the cores among these CPUs whose caches are as the first one's.
unsigned cores_alike(hwloc_topology_t topology, hwloc_const_cpuset_t among, const std::vector<HostCache>& caches) {
  const bool cores_told = hwloc_get_nbobjs_by_type(topology, HWLOC_OBJ_CORE) > 0;
  const hwloc_obj_type_t type = cores_told ? HWLOC_OBJ_CORE : HWLOC_OBJ_PU;
  unsigned alike = 0;
  for (hwloc_obj_t core = nullptr;
       (core = hwloc_get_next_obj_inside_cpuset_by_type(topology, among, type, core)) != nullptr;) {
    if (caches_above(topology, core) == caches) ++alike;
  }
  return alike;
}

std::string processor_of(hwloc_topology_t topology, hwloc_obj_t cpu) {
  for (hwloc_obj_t object :
       {hwloc_get_ancestor_obj_by_type(topology, HWLOC_OBJ_PACKAGE, cpu), hwloc_get_root_obj(topology)}) {
    const char* const model = object != nullptr ? hwloc_obj_get_info_by_name(object, "CPUModel") : nullptr;
    if (model != nullptr) return model;
  }
  return "";
}

}  // namespace

HwlocView read_hwloc(const std::string& xml_file) {
  HwlocView view;
  const Topology owner = load(xml_file);
  hwloc_topology_t topology = owner.get();
  hwloc_obj_t cpu = topology != nullptr ? hwloc_get_obj_by_type(topology, HWLOC_OBJ_PU, 0) : nullptr;
  if (cpu == nullptr) return view;
  view.cpu = cpu->os_index;
  view.processor = processor_of(topology, cpu);
  view.caches = caches_above(topology, cpu);
  view.cores = cores_alike(topology, neighbours(topology, cpu), view.caches);
  view.other_cores =
      static_cast<unsigned>(cores_in(topology, hwloc_topology_get_topology_cpuset(topology))) - view.cores;
  return view;
}

}  // namespace countercheck
