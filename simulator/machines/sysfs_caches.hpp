#pragma once

#include <filesystem>
#include <vector>

#include "simulator/machines/host_cache.hpp"

namespace countercheck {

inline const std::filesystem::path kCpus = "/sys/devices/system/cpu";

// The caches of a CPU as the kernel tells them, nearest first. Source:
// Documentation/ABI/testing/sysfs-devices-system-cpu, cpuN/cache/indexM.
std::vector<HostCache> read_sysfs_caches(unsigned cpu, const std::filesystem::path& cpus = kCpus);

}  // namespace countercheck
