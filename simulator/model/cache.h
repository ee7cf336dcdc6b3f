#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "simulator/model/memory.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Who leaves when a set is full. SIM_TREE_PLRU: a binary tree over the ways, the first half of each node the larger
   where they do not divide evenly. SIM_RANDOM: the minimal standard generator (48271 x mod 2^31 - 1), modulo the ways.
   Whatever the policy, an empty way is taken first, the lowest of them. */
enum sim_policy { SIM_LRU, SIM_TREE_PLRU, SIM_RANDOM };

struct sim_geometry {
  uint32_t sets; /* any number, not only powers of two */
  uint32_t ways;
  enum sim_policy policy;
};

/* A way's tag word is the number of its line with what is known of it in the bits above. */
#define SIM_TAKEN (UINT64_C(1) << 63)      /* the line was here until another core wrote to it */
#define SIM_DIRTY (UINT64_C(1) << 62)      /* to be written back */
#define SIM_OWNED (UINT64_C(1) << 61)      /* no other core holds it: a store need not ask */
#define SIM_PREFETCHED (UINT64_C(1) << 60) /* not used yet */
#define SIM_EMPTY UINT64_MAX
#define SIM_LINE_MASK (SIM_PREFETCHED - 1)

struct sim_cache_counts {
  uint64_t evictions; /* lines that a fill replaced */
  uint64_t
      write_backs; /* dirty lines handed to the next level, or to memory: by eviction, or because another core asks */
  uint64_t back_invalidations; /* lines lost because an inclusive level below lost them */
  uint64_t invalidations;      /* lines lost because another core wrote to them */
  uint64_t prefetches;         /* lines brought by this level's prefetcher */
  uint64_t useful_prefetches;  /* of these, used before they left */
  uint64_t useless_prefetches; /* of these, gone unused */
};

/* One cache of lines, or one TLB of pages: sets of ways, and who leaves. It knows nothing of other levels.

   Recency is kept as the time of each way's last use, not as an order: a use then writes one word, whose address a
   filter can hold (filter.h), and both LRU and tree-PLRU follow from the times. The bit of a tree's node says which
   half was used last, so it points away from the half that holds the newer time. */
struct sim_cache {
  uint64_t* words; /* of each set: the tags of its ways, then their times */
  uint64_t sets;
  uint64_t set_mask; /* sets - 1 where the sets are a power of two, else UINT64_MAX */
  uint32_t ways;
  enum sim_policy policy;
  uint32_t random;
  uint64_t clock; /* of the caches that are not timed by the program: counts uses */
  struct sim_cache_counts counts;
};

void sim_cache_create(struct sim_cache* cache, struct sim_geometry geometry, uint32_t seed,
                      const struct sim_memory* memory);
void sim_cache_destroy(struct sim_cache* cache, const struct sim_memory* memory);

static inline uint64_t* sim_cache_set(const struct sim_cache* cache, uint64_t line) {
  const uint64_t index = cache->set_mask != UINT64_MAX ? line & cache->set_mask : line % cache->sets;
  return cache->words + index * 2 * cache->ways;
}

/* The tag word of a line, or null. */
static inline uint64_t* sim_cache_find(const struct sim_cache* cache, uint64_t line) {
  uint64_t* const set = sim_cache_set(cache, line);
  for (uint32_t way = 0; way < cache->ways; ++way) {
    if ((set[way] & (SIM_LINE_MASK | SIM_TAKEN)) == line) return set + way;
  }
  return 0;
}

/* Where the time of a way's last use is kept. */
static inline uint64_t* sim_cache_time(const struct sim_cache* cache, uint64_t* tag) {
  return tag + cache->ways;
}

/* Whether the line was taken from here by another core, and nothing else has come in its place. */
bool sim_cache_was_taken(const struct sim_cache* cache, uint64_t line);

/* Puts a line that is not there, with its state, last used at `now`, and returns where. `*victim` is the tag word of
   the line that had to leave, or SIM_EMPTY. */
uint64_t* sim_cache_fill(struct sim_cache* cache, uint64_t line_and_state, uint64_t now, uint64_t* victim);

#ifdef __cplusplus
}
#endif
