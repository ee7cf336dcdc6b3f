#pragma once

#include "simulator/model/hierarchy.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One line asked for by a core, through all levels; returns the level that had it, or the number of levels. */
uint32_t sim_refer(struct sim_core* core, enum sim_kind kind, uint64_t line, uint64_t pc, uint64_t now);

/* The same by Cachegrind's rule for an access to the lines from `first` to `last` (sim_machine.straddle_as_one). */
uint32_t sim_refer_as_one(struct sim_core* core, enum sim_kind kind, uint64_t first, uint64_t last, uint64_t now);

/* The same for `first` and the line after it where sim_hierarchy.plain is true; the faster for it. */
uint32_t sim_refer_pair_as_one(struct sim_core* core, enum sim_kind kind, uint64_t first, uint64_t now);

/* The parts that traffic.c and coherence.c share. */

/* A line left a cache: the next level takes it in if it is dirty or if that level is exclusive. */
void sim_pass_down(struct sim_hierarchy* hierarchy, const struct sim_node* from, uint64_t line, bool dirty);

/* What the other cores' private caches do when this core asks for a line. `tag` is its way in this core's private
   caches, or null if they all missed. */
void sim_meet_other_cores(struct sim_core* core, enum sim_kind kind, uint64_t line, const uint64_t* tag);

/* The part of it that a prefetch needs: dirty data elsewhere is written back, and nobody owns the line any more. */
void sim_share_with_other_cores(struct sim_core* core, uint64_t line);

#ifdef __cplusplus
}
#endif
