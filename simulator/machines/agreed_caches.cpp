#include "simulator/machines/agreed_caches.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace countercheck {
namespace {

const HostCache* find(const std::vector<HostCache>& caches, const HostCache& like) {
  const auto found = std::find_if(caches.begin(), caches.end(), [&](const HostCache& cache) {
    return cache.level == like.level && cache.holds == like.holds;
  });
  return found == caches.end() ? nullptr : &*found;
}

struct Figure {
  const char* name;
  std::uint64_t HostCache::*member;
};
constexpr Figure kFigures[] = {{"bytes", &HostCache::bytes}, {"ways", &HostCache::ways}, {"line", &HostCache::line}};

std::string told(std::uint64_t number) {
  return number > 0 ? std::to_string(number) : "nothing";
}

// Ways from sets, where only these are told; sets from the rest, which is what a cache of these bytes must have.
void settle_sets(HostCache& cache, std::uint64_t told_sets, std::vector<std::string>& disagreements) {
  if (cache.ways == 0 && told_sets > 0 && cache.line > 0) cache.ways = cache.bytes / (told_sets * cache.line);
  if (cache.ways == 0 || cache.line == 0) return;
  cache.sets = cache.bytes / (cache.ways * cache.line);
  if (told_sets > 0 && told_sets != cache.sets) {
    disagreements.push_back(
        fmt::format("{}: sysfs tells {} sets, but its bytes, ways and line make {}; these are used.", cache_name(cache),
                    told_sets, cache.sets));
  }
}

HostCache merge(const HostCache& hwloc, const HostCache& sysfs, std::vector<std::string>& disagreements) {
  HostCache cache = hwloc;
  for (const auto& [name, member] : kFigures) {
    if (sysfs.*member != hwloc.*member) {
      disagreements.push_back(fmt::format("{}: for its {} hwloc tells {}, sysfs {}; {} is used.", cache_name(cache),
                                          name, told(hwloc.*member), told(sysfs.*member),
                                          sysfs.*member > 0 ? "sysfs" : "hwloc"));
    }
    if (sysfs.*member > 0) cache.*member = sysfs.*member;
  }
  return cache;
}

}  // namespace

AgreedCaches agree(const std::vector<HostCache>& hwloc, const std::vector<HostCache>& sysfs) {
  AgreedCaches agreed;
  const auto only_one = [&](const HostCache& cache, const char* which) {
    agreed.disagreements.push_back(fmt::format("Only {} tells of the {}.", which, cache_name(cache)));
  };
  for (const auto& cache : hwloc) {
    const HostCache* const twin = find(sysfs, cache);
    if (twin == nullptr) only_one(cache, "hwloc");
    agreed.caches.push_back(twin == nullptr ? cache : merge(cache, *twin, agreed.disagreements));
    settle_sets(agreed.caches.back(), twin == nullptr ? 0 : twin->sets, agreed.disagreements);
  }
  for (const auto& cache : sysfs) {
    if (find(hwloc, cache) != nullptr) continue;
    only_one(cache, "sysfs");
    agreed.caches.push_back(cache);
    settle_sets(agreed.caches.back(), cache.sets, agreed.disagreements);
  }
  sort_nearest_first(agreed.caches);
  return agreed;
}

}  // namespace countercheck
