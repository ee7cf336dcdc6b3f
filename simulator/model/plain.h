#pragma once

#include "simulator/model/filters.h"
#include "simulator/model/set.h"
#include "simulator/model/traffic.h"

/* The simplest case, sim_hierarchy.plain, has a way of its own through the model; and of this the part that most misses
   go lies here, to become part of who calls it. */

/* A line that neither of the first two levels has, from there on; the sets are those that it was looked for in. */
uint32_t sim_refer_far(struct sim_core* core, enum sim_kind kind, uint64_t line, uint64_t now, uint64_t set,
                       uint64_t second_set);

/* A level gives a line up for another. What was written to goes to the level below, which mostly has the line. */
static inline __attribute__((always_inline)) void sim_plain_retire(struct sim_hierarchy* hierarchy,
                                                                   struct sim_node* node, uint64_t victim) {
  ++node->cache.counts.evictions;
  if (!(victim & SIM_DIRTY)) return;
  ++node->cache.counts.write_backs;
  const uint64_t line = victim & SIM_LINE_MASK;
  if (node->below) {
    struct sim_cache* const below = &node->below->cache;
    uint64_t* const tag = sim_set_find(below, sim_set_of(below, line), line);
    if (tag) {
      *tag |= SIM_DIRTY;
      return;
    }
  }
  sim_pass_down(hierarchy, node, line, true);
}

/* The first level has the line now. */
static inline __attribute__((always_inline)) void sim_plain_note_use(struct sim_core* core, enum sim_kind kind,
                                                                     uint64_t line, uint64_t* tag, uint64_t now) {
  uint64_t* const time = sim_cache_time(&core->path[sim_side_of(kind)][0]->cache, tag);
  *time = now;
  if (kind == SIM_STORE && core->hierarchy->machine.writes_back) *tag |= SIM_DIRTY | SIM_OWNED;
  sim_filters_add(core, kind, line, time);
}

/* The first level takes a line in, and gives another up for it. Returns its tag word. */
static inline __attribute__((always_inline)) uint64_t* sim_plain_take_in(struct sim_core* core, struct sim_node* node,
                                                                         uint64_t set, uint64_t line,
                                                                         uint64_t* victim) {
  struct sim_cache* const cache = &node->cache;
  const uint32_t way = sim_set_choose(cache, set, line);
  *victim = sim_set_replace(cache, set, way, line, 0);
  if (*victim != SIM_EMPTY) sim_filters_drop(core, node, *victim & SIM_LINE_MASK);
  return sim_set_tags(cache, set) + way;
}

/* What sim_refer does. */
static inline __attribute__((always_inline)) uint32_t sim_refer_plain(struct sim_core* core, enum sim_kind kind,
                                                                      uint64_t line, uint64_t now) {
  struct sim_node* const node = core->path[sim_side_of(kind)][0];
  struct sim_cache* const first = &node->cache;
  const uint64_t set = sim_set_of(first, line);
  uint64_t* tag = sim_set_find(first, set, line);
  uint32_t served_by = 0;
  if (!tag) {
    if (!node->below) return sim_refer_far(core, kind, line, now, set, 0);
    struct sim_cache* const second = &node->below->cache;
    const uint64_t second_set = sim_set_of(second, line);
    const uint64_t* const second_tag = sim_set_find(second, second_set, line);
    if (!second_tag) return sim_refer_far(core, kind, line, now, set, second_set);
    /* Most of what the first level has not: nothing has to leave below. */
    sim_set_use(second, second_set, second_tag, ++second->clock);
    uint64_t victim;
    tag = sim_plain_take_in(core, node, set, line, &victim);
    if (victim != SIM_EMPTY) sim_plain_retire(core->hierarchy, node, victim);
    ++core->misses[0][kind];
    served_by = 1;
  }
  sim_plain_note_use(core, kind, line, tag, now);
  return served_by;
}
