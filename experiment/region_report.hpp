#pragma once

#include <cstdint>
#include <string_view>

#include "counters/usage.hpp"
#include "experiment/results.hpp"

namespace countercheck {

// What the marks of one sample wrote, summed over the entries of the region (the lines are described in
// workloads/region.h).
struct RegionReport {
  std::uint64_t entries = 0;
  // Whether the marks were set by the task whose counters they switch. Entries by other tasks are used only where there
  // is none by that one: a marked program may start others of its kind.
  bool by_owner = false;
  std::uint64_t work_items = 0;
  Usage usage;
  Digest digest;
};

// Lines of another form, as a crashing program may leave, are passed over: what is missing shows in the entries.
RegionReport parse_region_report(std::string_view lines);

}  // namespace countercheck
