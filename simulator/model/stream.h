#pragma once

#include "simulator/model/hierarchy.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The model's answers, as sim_access gives them for each access: by level and kind. */
struct sim_stream_counts {
  uint64_t misses[SIM_MAX_LEVELS][SIM_KINDS];
  uint64_t first_tlb_misses[SIM_KINDS];
  uint64_t page_walks[SIM_KINDS];
};

/* Accesses of one core, told as words (word.h), many at a time. On a machine without prefetchers: a word does not say
   which instruction it is of. */
struct sim_stream {
  struct sim_core* core;
  uint64_t last_fetch; /* the word of the last fetch that was replayed */
  struct sim_stream_counts counts;
};

/* Makes the accesses, by the hierarchy's own clock. */
void sim_stream_replay(struct sim_stream* stream, const uint64_t* words, uint64_t count);

#ifdef __cplusplus
}
#endif
