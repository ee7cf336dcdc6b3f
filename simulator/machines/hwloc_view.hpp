#pragma once

#include <string>
#include <vector>

#include "simulator/machines/host_cache.hpp"

namespace countercheck {

// What hwloc tells of the machine, seen from its first CPU that this process may use.
struct HwlocView {
  unsigned cpu = 0;                 // its number
  std::string processor{};          // its model's name
  unsigned cores = 0;               // with the same caches as that CPU, under the last of them
  unsigned other_cores = 0;         // the rest of the machine's
  std::vector<HostCache> caches{};  // of that CPU, nearest first; without sets, which hwloc does not tell
};

// Reads this machine, or one that hwloc has written to an XML file. Where hwloc fails: CPU 0, and nothing else.
HwlocView read_hwloc(const std::string& xml_file = "");

}  // namespace countercheck
