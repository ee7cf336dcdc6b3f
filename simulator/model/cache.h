#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "simulator/model/memory.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Who leaves when a set is full. SIM_TREE_PLRU: a binary tree over the ways, the first half of each node the larger
   where they do not divide evenly. SIM_RANDOM: the minimal standard generator (48271 x mod 2^31 - 1), modulo the ways.
   Whatever the policy, a line goes first to the way that another core took it from, else to an empty way, the lowest of
   them, else to any way that another core took a line from: under LRU the one used longest ago, else the lowest. */
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
   half was used last, so it points away from the half that holds the newer time. Where no filter needs the times, a
   tree of equal halves keeps its bits instead: there is nothing to search for in a miss.

   What is asked for most often lies closest together: a request that finds its line reads the marks of its set, a line
   of this machine, and writes one time; only a request that does not reads tags. */
struct sim_cache {
  uint32_t* marks; /* of each set `places` of them, those behind the last way never used (marks.h) */
  uint64_t* tags;  /* of each set one for each way */
  uint64_t* times; /* the same; null where there are trees */
  uint64_t* trees; /* one for each set (tree.h), or null */
  void* blocks[3]; /* what was allocated for these: they begin on a cache line of this machine */
  uint64_t sets;
  uint64_t set_mask; /* sets - 1 where the sets are a power of two, else UINT64_MAX */
  uint64_t set_part; /* 2^64 / sets, rounded down */
  uint32_t ways;
  uint32_t places;
  uint32_t random;
  enum sim_policy policy;
  uint64_t vacant; /* ways without a line, of all sets */
  uint64_t taken;  /* of these, ways that another core took the line from */
  uint64_t clock;  /* of the caches that are not timed by the program: counts uses */
  struct sim_cache_counts counts;
};

/* `timed`: the times of the ways' uses are needed. */
void sim_cache_create(struct sim_cache* cache, struct sim_geometry geometry, bool timed, uint32_t seed,
                      const struct sim_memory* memory);
void sim_cache_destroy(struct sim_cache* cache, const struct sim_memory* memory);

/* The tag word of a line, or null. */
uint64_t* sim_cache_find(const struct sim_cache* cache, uint64_t line);

/* The same in one set, for a line whose mark is that of others, too. */
uint64_t* sim_cache_find_far(const struct sim_cache* cache, uint64_t set, uint64_t line);

/* Where the time of a way's last use is kept, of a timed cache. */
static inline uint64_t* sim_cache_time(const struct sim_cache* cache, const uint64_t* tag) {
  return cache->times + (tag - cache->tags);
}

/* The line leaves without another in its place; or because another core wrote to it. */
void sim_cache_forget(struct sim_cache* cache, uint64_t* tag);
void sim_cache_take(struct sim_cache* cache, uint64_t* tag);

/* Whether the line was taken from here by another core, and nothing else has come in its place. */
bool sim_cache_was_taken(const struct sim_cache* cache, uint64_t line);

/* The way of its set that a line goes to. */
uint32_t sim_cache_choose(struct sim_cache* cache, uint64_t set, uint64_t line);

#ifdef __cplusplus
}
#endif
