#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace countercheck {

enum class CacheHolds { data, code, both };

// One of the caches that a CPU of this machine goes through, as one reader tells it. 0: not told.
struct HostCache {
  unsigned level = 0;
  CacheHolds holds = CacheHolds::both;
  std::uint64_t bytes = 0;
  std::uint64_t ways = 0;
  std::uint64_t line = 0;  // bytes
  std::uint64_t sets = 0;
  unsigned cores = 0;      // that share it
  bool inclusive = false;  // of the levels above

  bool operator==(const HostCache&) const = default;
};

// "L1d", "L1i", "L2".
std::string cache_name(const HostCache& cache);

// Sorts by level; within one, data before code.
void sort_nearest_first(std::vector<HostCache>& caches);

}  // namespace countercheck
