#pragma once

#include <string>
#include <vector>

#include "simulator/machines/host_cache.hpp"

namespace countercheck {

struct AgreedCaches {
  std::vector<HostCache> caches{};           // nearest first
  std::vector<std::string> disagreements{};  // a sentence for each figure that only one tells, or that differs
};

// What hwloc and sysfs tell of the same caches, made one: sysfs' number where they differ, the other's where one is
// silent, and 0 where both are. Sets follow from the rest. Who shares a cache is hwloc's to say, because it leaves out
// the CPUs that this process may not use.
AgreedCaches agree(const std::vector<HostCache>& hwloc, const std::vector<HostCache>& sysfs);

}  // namespace countercheck
