#pragma once

#include "simulator/model/branches.h"
#include "simulator/model/hierarchy.h"
#include "simulator/model/segment.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The model's answers, as sim_access gives them for each access, by level and kind; and mispredicted branches. */
struct sim_answers {
  uint64_t misses[SIM_MAX_LEVELS][SIM_KINDS];
  uint64_t first_tlb_misses[SIM_KINDS];
  uint64_t page_walks[SIM_KINDS];
  uint64_t conditional_misses;
  uint64_t indirect_misses;
};

static inline void sim_answers_note(struct sim_answers* answers, enum sim_kind kind, struct sim_outcome outcome) {
  for (uint32_t level = 0; level < outcome.served_by; ++level) ++answers->misses[level][kind];
  if (outcome.translated_by == SIM_FIRST_TLB) return;
  ++answers->first_tlb_misses[kind];
  answers->page_walks[kind] += outcome.translated_by == SIM_PAGE_WALK;
}

void sim_answers_add(struct sim_answers* answers, const struct sim_answers* more);

/* What the program on one core does, told as runs of segments (segment.h), many at a time. On a machine without
   prefetchers: a run does not say which instruction an access is of. */
struct sim_stream {
  struct sim_core* core;
  struct sim_branches* branches; /* null where no segment has a branch */
  uint64_t* runs;                /* of each segment, by its number: counted here */
  uint64_t segments;             /* numbers are below */
  struct sim_answers answers;
  uint64_t begun[SIM_SEGMENT_WORDS]; /* a run of which not all words have come */
  uint32_t begun_count;
};

/* What of a run: its accesses, and that it is counted; its branch. */
enum sim_parts { SIM_ACCESSES = 1, SIM_BRANCHES = 2, SIM_WHOLE_RUNS = 3 };

/* Makes the accesses, by the hierarchy's own clock, and teaches the predictors. The words may end in the middle of a
   run; the rest is to come. */
void sim_stream_replay(struct sim_stream* stream, enum sim_parts parts, const uint64_t* words, uint64_t count);

#ifdef __cplusplus
}
#endif
