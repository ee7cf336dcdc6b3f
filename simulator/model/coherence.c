#include "simulator/model/traffic.h"

#include "simulator/model/filters.h"

/* Whether a cache was already met on the other way: a unified one is on both. */
static bool met(const struct sim_core* core, uint32_t level, int side) {
  return side == SIM_CODE && core->path[SIM_CODE][level] == core->path[SIM_DATA][level];
}

/* Dirty data that another core asks for goes to the first shared level, or to memory. */
static void write_back(struct sim_core* holder, uint64_t line) {
  struct sim_node* const outermost = holder->path[SIM_DATA][holder->hierarchy->private_levels - 1];
  ++outermost->cache.counts.write_backs;
  sim_pass_down(holder->hierarchy, outermost, line, true);
}

static bool take_away(struct sim_core* holder, uint64_t line) {
  bool held = false;
  bool dirty = false;
  for (uint32_t level = 0; level < holder->hierarchy->private_levels; ++level) {
    for (int side = 0; side < SIM_SIDES; ++side) {
      if (met(holder, level, side)) continue;
      struct sim_node* const node = holder->path[side][level];
      uint64_t* const tag = sim_cache_find(&node->cache, line);
      if (!tag) continue;
      held = true;
      dirty = dirty || (*tag & SIM_DIRTY);
      if (*tag & SIM_PREFETCHED) ++node->cache.counts.useless_prefetches;
      ++node->cache.counts.invalidations;
      sim_cache_take(&node->cache, tag);
      if (level == 0) sim_filters_drop(holder, node, line);
    }
  }
  if (dirty) write_back(holder, line);
  return held;
}

static void make_shared(struct sim_core* holder, uint64_t line) {
  bool dirty = false;
  for (uint32_t level = 0; level < holder->hierarchy->private_levels; ++level) {
    for (int side = 0; side < SIM_SIDES; ++side) {
      if (met(holder, level, side)) continue;
      struct sim_node* const node = holder->path[side][level];
      uint64_t* const tag = sim_cache_find(&node->cache, line);
      if (!tag) continue;
      dirty = dirty || (*tag & SIM_DIRTY);
      *tag &= ~(SIM_DIRTY | SIM_OWNED);
    }
  }
  sim_filter_drop(&holder->stores, line); /* its next store has to ask again */
  if (dirty) write_back(holder, line);
}

static bool was_taken(const struct sim_core* core, uint64_t line) {
  for (uint32_t level = 0; level < core->hierarchy->private_levels; ++level) {
    for (int side = 0; side < SIM_SIDES; ++side) {
      if (!met(core, level, side) && sim_cache_was_taken(&core->path[side][level]->cache, line)) return true;
    }
  }
  return false;
}

static bool take_from_other_cores(struct sim_core* core, uint64_t line) {
  struct sim_hierarchy* const hierarchy = core->hierarchy;
  bool taken = false;
  for (uint32_t i = 0; i < hierarchy->active_count; ++i) {
    if (hierarchy->active[i] != core) taken = take_away(hierarchy->active[i], line) || taken;
  }
  return taken;
}

void sim_share_with_other_cores(struct sim_core* core, uint64_t line) {
  struct sim_hierarchy* const hierarchy = core->hierarchy;
  for (uint32_t i = 0; i < hierarchy->active_count; ++i) {
    if (hierarchy->active[i] != core) make_shared(hierarchy->active[i], line);
  }
}

void sim_meet_other_cores(struct sim_core* core, enum sim_kind kind, uint64_t line, const uint64_t* tag) {
  if (!tag && was_taken(core, line)) ++core->coherence_misses[kind];
  if (kind == SIM_STORE && !(tag && *tag & SIM_OWNED)) {
    if (take_from_other_cores(core, line)) ++core->invalidating_stores;
  } else if (!tag) {
    sim_share_with_other_cores(core, line);
  }
}
