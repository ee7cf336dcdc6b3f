#include "slow_cache.hpp"

namespace countercheck {

SlowCache::SlowCache(sim_geometry geometry, std::uint32_t seed)
    : geometry_(geometry), sets_(geometry.sets), random_(seed % 2147483646 + 1) {
  for (Set& set : sets_) {
    set.ways.resize(geometry.ways);
    for (std::uint32_t way = 0; way < geometry.ways; ++way) set.oldest_first.push_back(way);
  }
}

std::optional<std::uint32_t> SlowCache::way_of(const Set& set, std::uint64_t line, bool taken) {
  for (std::uint32_t way = 0; way < set.ways.size(); ++way) {
    const std::optional<SlowLine>& held = set.ways[way];
    if (held && held->line == line && held->taken == taken) return way;
  }
  return std::nullopt;
}

SlowLine* SlowCache::find(std::uint64_t line) {
  Set& set = set_of(line);
  const auto way = way_of(set, line, false);
  return way ? &*set.ways[*way] : nullptr;
}

bool SlowCache::was_taken(std::uint64_t line) {
  return way_of(set_of(line), line, true).has_value();
}

void SlowCache::used(Set& set, std::uint32_t way) const {
  set.oldest_first.remove(way);
  set.oldest_first.push_back(way);
  std::uint32_t first = 0;
  std::uint32_t end = geometry_.ways;
  while (end - first > 1) {
    const std::uint32_t middle = first + (end - first + 1) / 2;
    const bool left = way < middle;
    set.left_was_last[{first, end}] = left;
    (left ? end : first) = middle;
  }
}

std::uint32_t SlowCache::victim(Set& set) {
  if (geometry_.policy == SIM_LRU) return set.oldest_first.front();
  if (geometry_.policy == SIM_RANDOM) return static_cast<std::uint32_t>(random_()) % geometry_.ways;
  std::uint32_t first = 0;
  std::uint32_t end = geometry_.ways;
  while (end - first > 1) {
    const std::uint32_t middle = first + (end - first + 1) / 2;
    (set.left_was_last[{first, end}] ? first : end) = middle;
  }
  return first;
}

void SlowCache::use(std::uint64_t line) {
  Set& set = set_of(line);
  used(set, *way_of(set, line, false));
}

void SlowCache::remove(std::uint64_t line) {
  Set& set = set_of(line);
  set.ways[*way_of(set, line, false)].reset();
}

void SlowCache::take(std::uint64_t line) {
  *find(line) = {.line = line, .taken = true};
}

std::optional<SlowLine> SlowCache::insert(const SlowLine& line) {
  Set& set = set_of(line.line);
  std::optional<std::uint32_t> way = way_of(set, line.line, true);
  for (std::uint32_t i = 0; !way && i < set.ways.size(); ++i) {
    if (!set.ways[i]) way = i;
  }
  std::list<std::uint32_t> candidates = set.oldest_first;
  if (geometry_.policy != SIM_LRU) candidates.sort();
  for (const std::uint32_t i : candidates) {
    if (!way && set.ways[i]->taken) way = i;
  }
  if (!way) way = victim(set);
  std::optional<SlowLine> left = set.ways[*way];
  if (left && left->taken) left.reset();
  set.ways[*way] = line;
  used(set, *way);
  return left;
}

}  // namespace countercheck
