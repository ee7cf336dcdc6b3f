#include "simulator/model/cache.h"

#include "simulator/model/replacement.h"
#include "simulator/model/set.h"

#define WORD_BYTES sizeof(uint64_t)
#define HOST_LINE_WORDS 8

/* Words that the marks take, and what follows them of so many bytes. */
static uint32_t words_before_tags(uint32_t ways, uint32_t order_bytes) {
  return (ways + order_bytes + SIM_MARKS_AT_ONCE - 1) / SIM_MARKS_AT_ONCE * 2;
}

static void create_set(const struct sim_cache* cache, uint64_t* set) {
  for (uint32_t way = 0; way < cache->ways; ++way) set[cache->tags_at + way] = SIM_EMPTY;
  if (cache->ordered) sim_order_create(sim_set_order(cache, set), cache->ways);
}

void sim_cache_create(struct sim_cache* cache, struct sim_geometry geometry, bool timed, uint32_t seed,
                      const struct sim_memory* memory) {
  *cache = (struct sim_cache){0};
  cache->ordered = !timed && geometry.policy == SIM_LRU && geometry.ways <= SIM_ORDER_MAX_WAYS;
  const bool halves = geometry.ways > 1 && (geometry.ways & (geometry.ways - 1)) == 0;
  cache->has_tree = !timed && geometry.policy == SIM_TREE_PLRU && halves && geometry.ways <= SIM_TREE_MAX_WAYS;
  cache->tags_at = words_before_tags(geometry.ways, cache->ordered ? sim_order_bytes(geometry.ways) : 0);
  cache->words_in_set = cache->tags_at + geometry.ways;
  if (!cache->ordered) cache->words_in_set += cache->has_tree ? 1 : geometry.ways;
  cache->vacant = (uint64_t)geometry.sets * geometry.ways;
  const uint64_t words = (uint64_t)geometry.sets * cache->words_in_set;
  cache->block = memory->allocate(memory->context, (words + HOST_LINE_WORDS) * WORD_BYTES);
  cache->words = cache->block + (HOST_LINE_WORDS - (uintptr_t)cache->block / WORD_BYTES % HOST_LINE_WORDS);
  cache->sets = geometry.sets;
  cache->set_mask = (geometry.sets & (geometry.sets - 1)) == 0 ? geometry.sets - 1 : UINT64_MAX;
  cache->set_part = UINT64_MAX / geometry.sets;
  cache->ways = geometry.ways;
  cache->policy = geometry.policy;
  cache->random = seed % 2147483646 + 1; /* the generator stands still at 0 and at its modulus */
  for (uint64_t set = 0; set < cache->sets; ++set) create_set(cache, cache->words + set * cache->words_in_set);
  if (!cache->ordered) return;
  cache->newest = memory->allocate(memory->context, cache->sets * WORD_BYTES);
  for (uint64_t set = 0; set < cache->sets; ++set) cache->newest[set] = SIM_EMPTY;
}

void sim_cache_destroy(struct sim_cache* cache, const struct sim_memory* memory) {
  memory->release(memory->context, cache->block);
  if (cache->newest) memory->release(memory->context, cache->newest);
  cache->newest = 0;
  cache->block = 0;
  cache->words = 0;
}

uint64_t* sim_cache_find(const struct sim_cache* cache, uint64_t line) {
  return sim_set_find(cache, sim_set_of(cache, line), line);
}

static void forget_newest(struct sim_cache* cache, uint64_t line) {
  if (cache->ordered && sim_set_is_newest(cache, line)) cache->newest[sim_set_index(cache, line)] = SIM_EMPTY;
}

void sim_cache_forget(struct sim_cache* cache, uint64_t* tag) {
  forget_newest(cache, *tag & SIM_LINE_MASK);
  uint64_t* const set = sim_set_of(cache, *tag & SIM_LINE_MASK);
  const uint32_t way = sim_set_way(cache, set, tag);
  ++cache->vacant;
  *tag = SIM_EMPTY;
  sim_set_marks(set)[way] = 0;
  if (cache->ordered) {
    sim_order_put_last(sim_set_order(cache, set), cache->ways, way);
  } else if (cache->policy == SIM_LRU) {
    *sim_cache_time(cache, tag) = 0; /* older than all that are used; the halves of a tree remember it longer */
  }
}

void sim_cache_take(struct sim_cache* cache, uint64_t* tag) {
  forget_newest(cache, *tag & SIM_LINE_MASK);
  ++cache->vacant;
  ++cache->taken;
  *tag = (*tag & SIM_LINE_MASK) | SIM_TAKEN;
}

bool sim_cache_was_taken(const struct sim_cache* cache, uint64_t line) {
  if (cache->taken == 0) return false;
  const uint64_t* const tags = sim_set_of(cache, line) + cache->tags_at;
  for (uint32_t way = 0; way < cache->ways; ++way) {
    if (tags[way] == (line | SIM_TAKEN)) return true;
  }
  return false;
}

/* Of two ways that another core took a line from, whether `way` is filled before `other`; asked from the last on, and
   in an ordered set from the one used longest ago. */
static bool goes_first(const struct sim_cache* cache, const uint64_t* tags, uint32_t way, uint32_t other) {
  if (other == cache->ways) return true;
  if (cache->ordered) return false;
  return cache->policy != SIM_LRU || tags[cache->ways + way] < tags[cache->ways + other];
}

/* The way without a line that is next for this one, or the number of ways. */
static uint32_t vacant_way(const struct sim_cache* cache, uint64_t* set, uint64_t line) {
  const uint64_t* const tags = set + cache->tags_at;
  const uint8_t* const order = sim_set_order(cache, set);
  uint32_t empty = cache->ways;
  uint32_t taken = cache->ways;
  uint32_t way = cache->ordered ? sim_order_last(order, cache->ways) : cache->ways - 1;
  for (uint32_t seen = 0; seen < cache->ways; ++seen) {
    if (tags[way] == SIM_EMPTY) {
      empty = way;
    } else if (tags[way] == (line | SIM_TAKEN)) {
      return way;
    } else if (tags[way] & SIM_TAKEN && goes_first(cache, tags, way, taken)) {
      taken = way;
    }
    way = cache->ordered ? sim_order_before(order, cache->ways, way) : way - 1;
  }
  return empty < cache->ways ? empty : taken;
}

/* The lowest way that is empty, or the number of ways: only an empty way has no mark. */
static uint32_t empty_way(const struct sim_cache* cache, const uint64_t* set) {
  for (uint32_t first = 0; first < cache->ways; first += SIM_MARKS_AT_ONCE) {
    const uint32_t empty = sim_marks_match(set + first / WORD_BYTES, 0);
    if (empty != 0) return (uint32_t)sim_least(first + (uint32_t)__builtin_ctz(empty), cache->ways);
  }
  return cache->ways;
}

uint32_t sim_cache_choose(struct sim_cache* cache, uint64_t* set, uint64_t line) {
  /* Under LRU the empty ways are the oldest anyway. */
  if (cache->taken > 0 || (cache->vacant > 0 && cache->policy != SIM_LRU)) {
    const uint32_t vacant = cache->taken > 0 ? vacant_way(cache, set, line) : empty_way(cache, set);
    if (vacant < cache->ways) return vacant;
  }
  if (cache->ordered) return sim_order_last(sim_set_order(cache, set), cache->ways);
  const uint64_t* const times = set + cache->tags_at + cache->ways; /* or the tree */
  switch (cache->policy) {
    case SIM_LRU:
      break;
    case SIM_TREE_PLRU:
      return cache->has_tree ? sim_tree_choose(*times, cache->ways) : sim_tree_victim(times, cache->ways);
    case SIM_RANDOM:
      return sim_next_random(&cache->random) % cache->ways;
  }
  return sim_least_recent(times, cache->ways);
}
