#include "simulator/machines/host_cache.hpp"

#include <algorithm>

namespace countercheck {

std::string cache_name(const HostCache& cache) {
  const char* const kind = cache.holds == CacheHolds::data ? "d" : cache.holds == CacheHolds::code ? "i" : "";
  return "L" + std::to_string(cache.level) + kind;
}

void sort_nearest_first(std::vector<HostCache>& caches) {
  std::stable_sort(caches.begin(), caches.end(), [](const HostCache& a, const HostCache& b) {
    return std::pair(a.level, a.holds) < std::pair(b.level, b.holds);
  });
}

}  // namespace countercheck
