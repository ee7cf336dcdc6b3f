#pragma once

#include "simulator/model/hierarchy.h"

/* What a core's filters learn and lose as lines come into its first level and leave it. */

/* A line was used: it is in the first level now, and its time is kept there. */
static inline void sim_filters_add(struct sim_core* core, enum sim_kind kind, uint64_t line, uint64_t* time) {
  sim_filter_add(sim_filter_of(core, kind), line, time);
  if (kind == SIM_STORE && core->hierarchy->machine.writes_back) sim_filter_add(&core->loads, line, time);
}

/* Without a branch, for whether a line or page that leaves is still in a filter cannot be guessed. Where its time was
   kept stays in the slot: nobody asks for it before the slot has a number again. */
static inline void sim_filter_drop(struct sim_filter* filter, uint64_t number) {
  const uint64_t slot = sim_filter_slot(number);
  const uint64_t held = filter->numbers[slot];
  filter->numbers[slot] = held | (0 - (uint64_t)(held == number));
}

/* A line left a cache of the first level. */
static inline void sim_filters_drop(struct sim_core* core, const struct sim_node* node, uint64_t line) {
  if (node->holds[SIM_CODE]) sim_filter_drop(&core->fetches, line);
  if (node->holds[SIM_DATA]) {
    sim_filter_drop(&core->loads, line);
    if (core->hierarchy->machine.writes_back) sim_filter_drop(&core->stores, line);
  }
}
