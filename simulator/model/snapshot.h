#pragma once

#include "simulator/model/branches.h"
#include "simulator/model/hierarchy.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SIM_SNAPSHOT_CACHES (SIM_SIDES * SIM_MAX_LEVELS + 3)
#define SIM_SNAPSHOT_WAYS 128 /* at most */

/* What a core's caches and TLBs held, and who would leave them next, and what its branch predictors knew: all that
   decides what later accesses and branches find. */
struct sim_snapshot {
  const struct sim_core* core;
  const struct sim_branches* branches; /* null: nobody asks them */
  uint64_t code_is_lost;
  uint64_t history;
  uint8_t* counters;
  uint64_t* targets;
  uint32_t count;
  struct {
    const struct sim_cache* cache;
    uint64_t* tags;
    uint64_t* times; /* or trees */
  } of[SIM_SNAPSHOT_CACHES];
};

/* Whether what decides can be compared: not on a machine that draws lots or prefetches, or has very many ways. */
bool sim_snapshot_is_possible(const struct sim_core* core);

/* Of the predictors only two are asked about: counters of conditional branches, and the last targets of indirect
   ones. */
void sim_snapshot_create(struct sim_snapshot* snapshot, const struct sim_core* core,
                         const struct sim_branches* branches);
void sim_snapshot_destroy(struct sim_snapshot* snapshot);

void sim_snapshot_take(struct sim_snapshot* snapshot);
void sim_snapshot_take_branches(struct sim_snapshot* snapshot);

/* Whether every later access would find now what it would have found then. */
bool sim_snapshot_is_same(const struct sim_snapshot* snapshot);

/* The same of every later branch. */
bool sim_snapshot_has_same_branches(const struct sim_snapshot* snapshot);

/* What taking it or comparing it costs: lines and pages; words of the predictors. */
uint64_t sim_snapshot_lines(const struct sim_snapshot* snapshot);
uint64_t sim_snapshot_branch_words(const struct sim_snapshot* snapshot);

#ifdef __cplusplus
}
#endif
