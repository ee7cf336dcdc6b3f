#pragma once

#include "simulator/model/cache.h"
#include "simulator/model/marks.h"
#include "simulator/model/replacement.h"
#include "simulator/model/tree.h"

__extension__ typedef unsigned __int128 sim_wide;

/* One set of a cache, by its number. A line is looked for among the marks, and tags are compared only where a mark is
   not all of its line: the search has no loop over the ways, whose end a processor cannot guess. */

/* line modulo sets, without the division, which some processors are slow at: the quotient is right or one too low. */
static inline uint64_t sim_set_of(const struct sim_cache* cache, uint64_t line) {
  if (cache->set_mask != UINT64_MAX) return line & cache->set_mask;
  const uint64_t quotient = (uint64_t)((sim_wide)line * cache->set_part >> 64);
  const uint64_t rest = line - quotient * cache->sets;
  return rest < cache->sets ? rest : rest - cache->sets;
}

static inline uint32_t* sim_set_marks(const struct sim_cache* cache, uint64_t set) {
  return cache->marks + set * cache->places;
}

static inline uint64_t* sim_set_tags(const struct sim_cache* cache, uint64_t set) {
  return cache->tags + set * cache->ways;
}

static inline uint64_t* sim_set_times(const struct sim_cache* cache, uint64_t set) {
  return cache->times + set * cache->ways;
}

static inline uint32_t sim_set_way(const struct sim_cache* cache, uint64_t set, const uint64_t* tag) {
  return (uint32_t)(tag - sim_set_tags(cache, set));
}

/* A set is about to be needed that may be far away in the memory of this machine. */
static inline void sim_set_prefetch(const struct sim_cache* cache, uint64_t set) {
  const uint32_t* const marks = sim_set_marks(cache, set);
  for (uint32_t place = 0; place < cache->places; place += 16) __builtin_prefetch(marks + place);
  if (cache->trees) {
    __builtin_prefetch(cache->trees + set);
  } else {
    const uint64_t* const times = sim_set_times(cache, set);
    for (uint32_t way = 0; way < cache->ways; way += 8) __builtin_prefetch(times + way, 1);
  }
}

/* The tag word of a line, or null. */
static inline __attribute__((always_inline)) uint64_t* sim_set_find(const struct sim_cache* cache, uint64_t set,
                                                                    uint64_t line) {
  if (sim_is_far(line)) return sim_cache_find_far(cache, set, line);
  const uint32_t mark = (uint32_t)line;
  const uint32_t* const marks = sim_set_marks(cache, set);
  const uint32_t places = cache->places;
  uint32_t matches = places > SIM_MARKS_AT_ONCE ? sim_marks_match_16(marks, mark) : sim_marks_match(marks, mark);
  if (matches != 0) return sim_set_tags(cache, set) + (uint32_t)__builtin_ctz(matches);
  for (uint32_t place = 2 * SIM_MARKS_AT_ONCE; place < places; place += SIM_MARKS_AT_ONCE) {
    matches = sim_marks_match(marks + place, mark);
    if (matches != 0) return sim_set_tags(cache, set) + place + (uint32_t)__builtin_ctz(matches);
  }
  return 0;
}

/* A use of a line that is there. */
static inline void sim_set_use(const struct sim_cache* cache, uint64_t set, const uint64_t* tag, uint64_t now) {
  if (cache->trees) {
    sim_tree_use(&cache->trees[set], cache->ways, sim_set_way(cache, set, tag));
  } else {
    *sim_cache_time(cache, tag) = now;
  }
}

/* The way that a line goes to which is not there. In line, for it is on the way of every miss. */
static inline __attribute__((always_inline)) uint32_t sim_set_choose(struct sim_cache* cache, uint64_t set,
                                                                     uint64_t line) {
  if (cache->trees && cache->vacant == 0) return sim_tree_choose(cache->trees[set], cache->ways);
  if (cache->policy != SIM_LRU || cache->taken > 0) return sim_cache_choose(cache, set, line);
  return sim_least_recent(sim_set_times(cache, set), cache->ways); /* those that were never used are the oldest */
}

/* Puts a line into a way, with its state. Returns the tag word of the line that had to leave, or SIM_EMPTY. */
static inline uint64_t sim_set_replace(struct sim_cache* cache, uint64_t set, uint32_t way, uint64_t line,
                                       uint64_t state) {
  uint64_t* const tag = sim_set_tags(cache, set) + way;
  const uint64_t victim = *tag;
  *tag = line | state;
  sim_set_marks(cache, set)[way] = sim_mark(line);
  if (!(victim & SIM_TAKEN)) return victim;
  --cache->vacant;
  if (victim != SIM_EMPTY) --cache->taken;
  return SIM_EMPTY;
}

/* All of it: puts a line that is not there, last used at `now`, and returns where. `*victim` is the tag word of the
   line that had to leave, or SIM_EMPTY. */
static inline uint64_t* sim_set_fill(struct sim_cache* cache, uint64_t set, uint64_t line, uint64_t state, uint64_t now,
                                     uint64_t* victim) {
  const uint32_t way = sim_set_choose(cache, set, line);
  *victim = sim_set_replace(cache, set, way, line, state);
  uint64_t* const tag = sim_set_tags(cache, set) + way;
  sim_set_use(cache, set, tag, now);
  return tag;
}
