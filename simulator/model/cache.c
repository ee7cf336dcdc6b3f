#include "simulator/model/cache.h"

#include "simulator/model/replacement.h"
#include "simulator/model/set.h"

#define HOST_LINE_BYTES 64

/* So many bytes of zeros from the start of a line of this machine on. */
static void* allocate(void** block, uint64_t bytes, const struct sim_memory* memory) {
  *block = memory->allocate(memory->context, bytes + HOST_LINE_BYTES);
  return (char*)*block + (HOST_LINE_BYTES - (uintptr_t)*block % HOST_LINE_BYTES);
}

void sim_cache_create(struct sim_cache* cache, struct sim_geometry geometry, bool timed, uint32_t seed,
                      const struct sim_memory* memory) {
  *cache = (struct sim_cache){0};
  cache->sets = geometry.sets;
  cache->set_mask = (geometry.sets & (geometry.sets - 1)) == 0 ? geometry.sets - 1 : UINT64_MAX;
  cache->set_part = UINT64_MAX / geometry.sets;
  cache->ways = geometry.ways;
  cache->places = (geometry.ways + SIM_MARKS_AT_ONCE - 1) / SIM_MARKS_AT_ONCE * SIM_MARKS_AT_ONCE;
  cache->policy = geometry.policy;
  cache->random = seed % 2147483646 + 1; /* the generator stands still at 0 and at its modulus */
  const uint64_t lines = cache->sets * cache->ways;
  cache->vacant = lines;
  cache->marks = allocate(&cache->blocks[0], cache->sets * cache->places * sizeof *cache->marks, memory);
  cache->tags = allocate(&cache->blocks[1], lines * sizeof *cache->tags, memory);
  for (uint64_t place = 0; place < cache->sets * cache->places; ++place) cache->marks[place] = SIM_NO_MARK;
  for (uint64_t line = 0; line < lines; ++line) cache->tags[line] = SIM_EMPTY;
  const bool halves = geometry.ways > 1 && (geometry.ways & (geometry.ways - 1)) == 0;
  if (!timed && geometry.policy == SIM_TREE_PLRU && halves && geometry.ways <= SIM_TREE_MAX_WAYS) {
    cache->trees = allocate(&cache->blocks[2], cache->sets * sizeof *cache->trees, memory);
  } else {
    cache->times = allocate(&cache->blocks[2], lines * sizeof *cache->times, memory);
  }
}

void sim_cache_destroy(struct sim_cache* cache, const struct sim_memory* memory) {
  for (uint32_t i = 0; i < sizeof cache->blocks / sizeof cache->blocks[0]; ++i)
    memory->release(memory->context, cache->blocks[i]);
  *cache = (struct sim_cache){0};
}

uint64_t* sim_cache_find(const struct sim_cache* cache, uint64_t line) {
  return sim_set_find(cache, sim_set_of(cache, line), line);
}

static bool tag_is(uint64_t tag, uint64_t line) {
  return (tag & (SIM_LINE_MASK | SIM_TAKEN)) == line;
}

uint64_t* sim_cache_find_far(const struct sim_cache* cache, uint64_t set, uint64_t line) {
  const uint32_t* const marks = sim_set_marks(cache, set);
  uint64_t* const tags = sim_set_tags(cache, set);
  for (uint32_t way = 0; way < cache->ways; ++way) {
    if (marks[way] == SIM_MARK_OF_FAR && tag_is(tags[way], line)) return tags + way;
  }
  return 0;
}

/* Without its mark a line is not found any more. */
static void unmark(struct sim_cache* cache, uint64_t set, const uint64_t* tag) {
  sim_set_marks(cache, set)[sim_set_way(cache, set, tag)] = SIM_NO_MARK;
}

void sim_cache_forget(struct sim_cache* cache, uint64_t* tag) {
  unmark(cache, sim_set_of(cache, *tag & SIM_LINE_MASK), tag);
  ++cache->vacant;
  *tag = SIM_EMPTY;
  /* Older than all that are used; the halves of a tree remember it longer. */
  if (cache->policy == SIM_LRU) *sim_cache_time(cache, tag) = 0;
}

void sim_cache_take(struct sim_cache* cache, uint64_t* tag) {
  unmark(cache, sim_set_of(cache, *tag & SIM_LINE_MASK), tag);
  ++cache->vacant;
  ++cache->taken;
  *tag = (*tag & SIM_LINE_MASK) | SIM_TAKEN;
}

bool sim_cache_was_taken(const struct sim_cache* cache, uint64_t line) {
  if (cache->taken == 0) return false;
  const uint64_t* const tags = sim_set_tags(cache, sim_set_of(cache, line));
  for (uint32_t way = 0; way < cache->ways; ++way) {
    if (tags[way] == (line | SIM_TAKEN)) return true;
  }
  return false;
}

/* Of two ways that another core took a line from, whether `way` is filled before `other`, a higher one. */
static bool goes_first(const struct sim_cache* cache, uint64_t set, uint32_t way, uint32_t other) {
  if (other == cache->ways || cache->policy != SIM_LRU) return true;
  return sim_set_times(cache, set)[way] < sim_set_times(cache, set)[other];
}

/* The way without a line that is next for this one, or the number of ways. */
static uint32_t vacant_way(const struct sim_cache* cache, uint64_t set, uint64_t line) {
  const uint64_t* const tags = sim_set_tags(cache, set);
  uint32_t empty = cache->ways;
  uint32_t taken = cache->ways;
  for (uint32_t way = cache->ways; way-- > 0;) {
    if (tags[way] == SIM_EMPTY) {
      empty = way;
    } else if (tags[way] == (line | SIM_TAKEN)) {
      return way;
    } else if (tags[way] & SIM_TAKEN && goes_first(cache, set, way, taken)) {
      taken = way;
    }
  }
  return empty < cache->ways ? empty : taken;
}

uint32_t sim_cache_choose(struct sim_cache* cache, uint64_t set, uint64_t line) {
  /* Under LRU the empty ways are the oldest anyway. */
  if (cache->taken > 0 || (cache->vacant > 0 && cache->policy != SIM_LRU)) {
    const uint32_t vacant = vacant_way(cache, set, line);
    if (vacant < cache->ways) return vacant;
  }
  switch (cache->policy) {
    case SIM_LRU:
      break;
    case SIM_TREE_PLRU:
      return cache->trees ? sim_tree_choose(cache->trees[set], cache->ways)
                          : sim_tree_victim(sim_set_times(cache, set), cache->ways);
    case SIM_RANDOM:
      return sim_next_random(&cache->random) % cache->ways;
  }
  return sim_least_recent(sim_set_times(cache, set), cache->ways);
}
