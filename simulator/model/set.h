#pragma once

#include "simulator/model/cache.h"
#include "simulator/model/marks.h"
#include "simulator/model/order.h"
#include "simulator/model/replacement.h"
#include "simulator/model/tree.h"

__extension__ typedef unsigned __int128 sim_wide;

/* One set of a cache, in words:

       marks      a byte a way (marks.h), 0 for a way that was never used
       order      only of an ordered cache, right after the marks (order.h)
       tags       from the word `tags_at` on, the first after a whole number of sixteens of bytes
       times      unless the cache is ordered or has a tree
       tree       only of a cache that has one, a word (tree.h)

   A line is looked for among the marks, and only where one is equal is a tag compared: the search has no loop over the
   ways, whose end a processor cannot guess. */

/* line modulo sets, without the division, which some processors are slow at: the quotient is right or one too low. */
static inline uint64_t sim_set_index(const struct sim_cache* cache, uint64_t line) {
  if (cache->set_mask != UINT64_MAX) return line & cache->set_mask;
  const uint64_t quotient = (uint64_t)((sim_wide)line * cache->set_part >> 64);
  const uint64_t rest = line - quotient * cache->sets;
  return rest < cache->sets ? rest : rest - cache->sets;
}

static inline uint64_t* sim_set_of(const struct sim_cache* cache, uint64_t line) {
  return cache->words + sim_set_index(cache, line) * cache->words_in_set;
}

static inline uint8_t* sim_set_marks(uint64_t* set) {
  return (uint8_t*)set;
}

static inline uint8_t* sim_set_order(const struct sim_cache* cache, uint64_t* set) {
  return (uint8_t*)set + cache->ways;
}

static inline uint64_t* sim_set_tree(const struct sim_cache* cache, uint64_t* set) {
  return set + cache->tags_at + cache->ways;
}

static inline uint32_t sim_set_way(const struct sim_cache* cache, const uint64_t* set, const uint64_t* tag) {
  return (uint32_t)(tag - set) - cache->tags_at;
}

static inline bool sim_tag_is(uint64_t tag, uint64_t line) {
  return (tag & (SIM_LINE_MASK | SIM_TAKEN)) == line;
}

/* The tag word of a line, or null. What follows the marks in their last sixteen has no upper bit, so no mark is equal
   to it. */
static inline uint64_t* sim_set_find(const struct sim_cache* cache, uint64_t* set, uint64_t line) {
  const uint32_t mark = sim_mark(line);
  uint64_t* tags = set + cache->tags_at;
  const uint64_t* const end = tags + cache->ways;
  for (const uint64_t* marks = set; tags < end; marks += 2, tags += SIM_MARKS_AT_ONCE) {
    for (uint32_t matches = sim_marks_match(marks, mark); matches != 0; matches &= matches - 1) {
      uint64_t* const tag = tags + (uint32_t)__builtin_ctz(matches);
      if (sim_tag_is(*tag, line)) return tag;
    }
  }
  return 0;
}

/* Whether a line is the one last used in its set of an ordered cache: one more use of it changes nothing. */
static inline bool sim_set_is_newest(const struct sim_cache* cache, uint64_t line) {
  return cache->newest[sim_set_index(cache, line)] == line;
}

/* A use of a line that is there. */
static inline void sim_set_use(const struct sim_cache* cache, uint64_t* set, uint64_t* tag, uint64_t now) {
  if (cache->ordered) {
    const uint64_t line = *tag & SIM_LINE_MASK;
    sim_order_use(sim_set_order(cache, set), cache->ways, sim_set_way(cache, set, tag));
    cache->newest[sim_set_index(cache, line)] = line;
  } else if (cache->has_tree) {
    sim_tree_use(sim_set_tree(cache, set), cache->ways, sim_set_way(cache, set, tag));
  } else {
    *sim_cache_time(cache, tag) = now;
  }
}

/* The way that a line goes to which is not there. In line, for it is on the way of every miss. */
static inline __attribute__((always_inline)) uint32_t sim_set_choose(struct sim_cache* cache, uint64_t* set,
                                                                     uint64_t line) {
  if (cache->has_tree && cache->vacant == 0) return sim_tree_choose(*sim_set_tree(cache, set), cache->ways);
  if (cache->policy != SIM_LRU || cache->taken > 0) return sim_cache_choose(cache, set, line);
  /* The ways that were never used are the oldest. */
  if (cache->ordered) return sim_order_last(sim_set_order(cache, set), cache->ways);
  return sim_least_recent(set + cache->tags_at + cache->ways, cache->ways);
}

/* Puts a line into a way, with its state. Returns the tag word of the line that had to leave, or SIM_EMPTY. */
static inline uint64_t sim_set_replace(struct sim_cache* cache, uint64_t* set, uint32_t way, uint64_t line,
                                       uint64_t state) {
  uint64_t* const tag = set + cache->tags_at + way;
  const uint64_t victim = *tag;
  *tag = line | state;
  sim_set_marks(set)[way] = (uint8_t)sim_mark(line);
  if (!(victim & SIM_TAKEN)) return victim;
  --cache->vacant;
  if (victim != SIM_EMPTY) --cache->taken;
  return SIM_EMPTY;
}

/* All of it: puts a line that is not there, last used at `now`, and returns where. `*victim` is the tag word of the
   line that had to leave, or SIM_EMPTY. */
static inline uint64_t* sim_set_fill(struct sim_cache* cache, uint64_t* set, uint64_t line, uint64_t state,
                                     uint64_t now, uint64_t* victim) {
  const uint32_t way = sim_set_choose(cache, set, line);
  *victim = sim_set_replace(cache, set, way, line, state);
  uint64_t* const tag = set + cache->tags_at + way;
  sim_set_use(cache, set, tag, now);
  return tag;
}
