#pragma once

#include "simulator/model/cache.h"
#include "simulator/model/order.h"
#include "simulator/model/replacement.h"

/* One set of a cache, in words:

       marks      a byte a way: a hash of its line with the upper bit set, or 0 for an empty way
       order      only of an ordered cache, right after the marks (order.h)
       tags       from the word `tags_at` on
       times      unless the cache is ordered

   A line is looked for among the marks, eight ways at a time, and only where one is equal is a tag compared: the search
   has no loop over the ways whose end a processor would have to guess. A mark is a byte of a word as little-endian
   machines see it; both that the model is built for are. */

#define SIM_EACH_BYTE UINT64_C(0x0101010101010101)
#define SIM_EACH_TOP_BIT (SIM_EACH_BYTE << 7)

static inline uint8_t sim_mark(uint64_t line) {
  return (uint8_t)(line * UINT64_C(0x9e3779b97f4a7c15) >> 57 | 0x80); /* the golden ratio: Knuth, TAOCP 3, 6.4 */
}

static inline uint64_t* sim_set_of(const struct sim_cache* cache, uint64_t line) {
  const uint64_t index = cache->set_mask != UINT64_MAX ? line & cache->set_mask : line % cache->sets;
  return cache->words + index * cache->words_in_set;
}

static inline uint8_t* sim_set_marks(uint64_t* set) {
  return (uint8_t*)set;
}

static inline uint8_t* sim_set_order(const struct sim_cache* cache, uint64_t* set) {
  return (uint8_t*)set + cache->ways;
}

/* The tag word of a line, or null. What follows the marks in their last word has no upper bit, so it never matches. A
   match may be wrong, by chance or above a right one, and is then found out by its tag. */
static inline uint64_t* sim_set_find(const struct sim_cache* cache, uint64_t* set, uint64_t line) {
  const uint64_t key = sim_mark(line) * SIM_EACH_BYTE;
  uint64_t* const tags = set + cache->tags_at;
  const uint64_t ways = cache->ways;
  for (uint64_t way = 0; way < ways; way += 8) {
    const uint64_t difference = set[way / 8] ^ key;
    uint64_t matches = (difference - SIM_EACH_BYTE) & ~difference & SIM_EACH_TOP_BIT;
    for (; matches != 0; matches &= matches - 1) {
      uint64_t* const tag = tags + way + (uint64_t)__builtin_ctzll(matches) / 8;
      if ((*tag & (SIM_LINE_MASK | SIM_TAKEN)) == line) return tag;
    }
  }
  return 0;
}

/* A use of a line that is there. */
static inline void sim_set_use(const struct sim_cache* cache, uint64_t* set, uint64_t* tag, uint64_t now) {
  if (cache->ordered) {
    sim_order_use(sim_set_order(cache, set), cache->ways, (uint32_t)(tag - set) - cache->tags_at);
  } else {
    *sim_cache_time(cache, tag) = now;
  }
}

/* The way that a line goes to which is not there. */
static inline uint64_t* sim_set_choose(struct sim_cache* cache, uint64_t* set, uint64_t line) {
  uint64_t* const tags = set + cache->tags_at;
  if (cache->policy != SIM_LRU || cache->taken > 0) return tags + sim_cache_choose(cache, set, line);
  /* The ways that were never used are the oldest. */
  if (cache->ordered) return tags + sim_order_last(sim_set_order(cache, set), cache->ways);
  return tags + sim_least_recent(tags + cache->ways, cache->ways);
}

/* Puts a line there, with its state. Returns the tag word of the line that had to leave, or SIM_EMPTY. */
static inline uint64_t sim_set_replace(struct sim_cache* cache, uint64_t* set, uint64_t* tag, uint64_t line_and_state) {
  const uint64_t victim = *tag;
  *tag = line_and_state;
  sim_set_marks(set)[(uint64_t)(tag - set) - cache->tags_at] = sim_mark(line_and_state & SIM_LINE_MASK);
  if (!(victim & SIM_TAKEN)) return victim;
  --cache->vacant;
  if (victim != SIM_EMPTY) --cache->taken;
  return SIM_EMPTY;
}

/* All of it: puts a line that is not there, last used at `now`, and returns where. `*victim` is the tag word of the
   line that had to leave, or SIM_EMPTY. */
static inline uint64_t* sim_set_fill(struct sim_cache* cache, uint64_t* set, uint64_t line_and_state, uint64_t now,
                                     uint64_t* victim) {
  uint64_t* const tag = sim_set_choose(cache, set, line_and_state & SIM_LINE_MASK);
  *victim = sim_set_replace(cache, set, tag, line_and_state);
  sim_set_use(cache, set, tag, now);
  return tag;
}
