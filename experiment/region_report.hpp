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
  std::uint64_t foreign_entries = 0;  // marked by a task whose counters the mark could not switch
  std::uint64_t work_items = 0;
  Usage usage;
  Digest digest;
};

// Lines of another form, as a crashing program may leave, are passed over: what is missing shows in the entries.
RegionReport parse_region_report(std::string_view lines);

}  // namespace countercheck
