#include "simulator/model/cache.h"

#include "simulator/model/replacement.h"

void sim_cache_create(struct sim_cache* cache, struct sim_geometry geometry, uint32_t seed,
                      const struct sim_memory* memory) {
  const uint64_t words = (uint64_t)geometry.sets * geometry.ways * 2;
  *cache = (struct sim_cache){0};
  cache->words = memory->allocate(memory->context, words * sizeof(uint64_t));
  cache->sets = geometry.sets;
  cache->set_mask = (geometry.sets & (geometry.sets - 1)) == 0 ? geometry.sets - 1 : UINT64_MAX;
  cache->ways = geometry.ways;
  cache->policy = geometry.policy;
  cache->random = seed % 2147483646 + 1; /* the generator stands still at 0 and at its modulus */
  for (uint64_t set = 0; set < cache->sets; ++set) {
    for (uint32_t way = 0; way < cache->ways; ++way) cache->words[set * 2 * cache->ways + way] = SIM_EMPTY;
  }
}

void sim_cache_destroy(struct sim_cache* cache, const struct sim_memory* memory) {
  memory->release(memory->context, cache->words);
  cache->words = 0;
}

bool sim_cache_was_taken(const struct sim_cache* cache, uint64_t line) {
  const uint64_t* const set = sim_cache_set(cache, line);
  for (uint32_t way = 0; way < cache->ways; ++way) {
    if (set[way] == (line | SIM_TAKEN)) return true;
  }
  return false;
}

/* The way for a line: the one another core took it from, else the first that is free, else by the policy. */
static uint32_t choose(struct sim_cache* cache, const uint64_t* set, uint64_t line) {
  uint32_t vacant = cache->ways;
  for (uint32_t way = cache->ways; way-- > 0;) {
    if (set[way] & SIM_TAKEN) { /* SIM_EMPTY has the bit as well */
      if (set[way] == (line | SIM_TAKEN)) return way;
      vacant = way;
    }
  }
  if (vacant < cache->ways) return vacant;
  switch (cache->policy) {
    case SIM_LRU:
      break;
    case SIM_TREE_PLRU:
      return sim_tree_victim(set + cache->ways, cache->ways);
    case SIM_RANDOM:
      return sim_next_random(&cache->random) % cache->ways;
  }
  return sim_least_recent(set + cache->ways, cache->ways);
}

uint64_t* sim_cache_fill(struct sim_cache* cache, uint64_t line_and_state, uint64_t now, uint64_t* victim) {
  const uint64_t line = line_and_state & SIM_LINE_MASK;
  uint64_t* const set = sim_cache_set(cache, line);
  uint64_t* const tag = set + choose(cache, set, line);
  *victim = *tag & SIM_TAKEN ? SIM_EMPTY : *tag;
  *tag = line_and_state;
  *sim_cache_time(cache, tag) = now;
  return tag;
}
