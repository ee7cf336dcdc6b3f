#include "simulator/model/cache.h"

#include "simulator/model/replacement.h"

void sim_cache_create(struct sim_cache* cache, struct sim_geometry geometry, bool timed, uint32_t seed,
                      const struct sim_memory* memory) {
  *cache = (struct sim_cache){0};
  cache->ordered = !timed && geometry.policy == SIM_LRU;
  cache->words_in_set = cache->ordered ? geometry.ways : 2 * geometry.ways;
  cache->vacant = (uint64_t)geometry.sets * geometry.ways;
  const uint64_t words = (uint64_t)geometry.sets * cache->words_in_set;
  cache->words = memory->allocate(memory->context, words * sizeof(uint64_t));
  cache->sets = geometry.sets;
  cache->set_mask = (geometry.sets & (geometry.sets - 1)) == 0 ? geometry.sets - 1 : UINT64_MAX;
  cache->ways = geometry.ways;
  cache->policy = geometry.policy;
  cache->random = seed % 2147483646 + 1; /* the generator stands still at 0 and at its modulus */
  for (uint64_t set = 0; set < cache->sets; ++set) {
    for (uint32_t way = 0; way < cache->ways; ++way) cache->words[set * cache->words_in_set + way] = SIM_EMPTY;
  }
}

void sim_cache_destroy(struct sim_cache* cache, const struct sim_memory* memory) {
  memory->release(memory->context, cache->words);
  cache->words = 0;
}

void sim_cache_forget(struct sim_cache* cache, uint64_t* tag) {
  ++cache->vacant;
  if (cache->ordered) {
    const uint64_t* const last = sim_cache_set(cache, *tag & SIM_LINE_MASK) + cache->ways - 1;
    for (; tag < last; ++tag) *tag = tag[1];
  }
  *tag = SIM_EMPTY;
}

void sim_cache_take(struct sim_cache* cache, uint64_t* tag) {
  ++cache->vacant;
  ++cache->taken;
  *tag = (*tag & SIM_LINE_MASK) | SIM_TAKEN;
}

bool sim_cache_was_taken(const struct sim_cache* cache, uint64_t line) {
  if (cache->taken == 0) return false;
  const uint64_t* const set = sim_cache_set(cache, line);
  for (uint32_t way = 0; way < cache->ways; ++way) {
    if (set[way] == (line | SIM_TAKEN)) return true;
  }
  return false;
}

/* Of two ways that another core took a line from, whether `way` is filled before `other`; asked from the last on. */
static bool goes_first(const struct sim_cache* cache, const uint64_t* set, uint32_t way, uint32_t other) {
  if (other == cache->ways || cache->policy != SIM_LRU) return true;
  return !cache->ordered && set[cache->ways + way] < set[cache->ways + other];
}

/* The way without a line that is next for this one, or the number of ways. */
static uint32_t vacant_way(const struct sim_cache* cache, const uint64_t* set, uint64_t line) {
  uint32_t empty = cache->ways;
  uint32_t taken = cache->ways;
  for (uint32_t way = cache->ways; way-- > 0;) {
    if (set[way] == SIM_EMPTY) {
      empty = way;
    } else if (set[way] == (line | SIM_TAKEN)) {
      return way;
    } else if (set[way] & SIM_TAKEN && goes_first(cache, set, way, taken)) {
      taken = way;
    }
  }
  return empty < cache->ways ? empty : taken;
}

static uint32_t choose(struct sim_cache* cache, const uint64_t* set, uint64_t line) {
  /* In a set in order, a way that was never used is where the victim would be. */
  if (cache->ordered ? cache->taken > 0 : cache->vacant > 0) {
    const uint32_t vacant = vacant_way(cache, set, line);
    if (vacant < cache->ways) return vacant;
  }
  if (cache->ordered) return cache->ways - 1;
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
  *victim = *tag;
  if (*tag & SIM_TAKEN) {
    --cache->vacant;
    if (*tag != SIM_EMPTY) --cache->taken;
    *victim = SIM_EMPTY;
  }
  *tag = line_and_state;
  return sim_cache_use(cache, tag, now);
}
