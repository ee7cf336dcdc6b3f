#include "simulator/model/traffic.h"

void sim_drop_from_filters(struct sim_hierarchy* hierarchy, const struct sim_node* node, uint64_t line) {
  struct sim_core* const core = &hierarchy->cores[node->core];
  if (node->holds[SIM_CODE]) sim_filter_drop(&core->fetches, line);
  if (node->holds[SIM_DATA]) {
    sim_filter_drop(&core->loads, line);
    sim_filter_drop(&core->stores, line);
  }
}

/* An inclusive cache lost a line: so do the caches above it. Returns whether one of them had written to it. */
static bool invalidate_above(struct sim_hierarchy* hierarchy, const struct sim_node* lost, uint64_t line) {
  bool dirty = false;
  for (uint32_t i = 0; i < hierarchy->node_count; ++i) {
    struct sim_node* const node = &hierarchy->nodes[i];
    if (node->level >= lost->level || (!lost->shared && node->core != lost->core)) continue;
    if (!(node->holds[SIM_DATA] && lost->holds[SIM_DATA]) && !(node->holds[SIM_CODE] && lost->holds[SIM_CODE]))
      continue;
    uint64_t* const tag = sim_cache_find(&node->cache, line);
    if (!tag) continue;
    dirty = dirty || (*tag & SIM_DIRTY);
    if (*tag & SIM_PREFETCHED) ++node->cache.counts.useless_prefetches;
    ++node->cache.counts.back_invalidations;
    sim_cache_forget(&node->cache, tag);
    if (node->level == 0) sim_drop_from_filters(hierarchy, node, line);
  }
  return dirty;
}

static void retire(struct sim_hierarchy* hierarchy, struct sim_node* node, uint64_t victim) {
  const uint64_t line = victim & SIM_LINE_MASK;
  bool dirty = (victim & SIM_DIRTY) != 0;
  ++node->cache.counts.evictions;
  if (victim & SIM_PREFETCHED) ++node->cache.counts.useless_prefetches;
  if (node->level == 0) sim_drop_from_filters(hierarchy, node, line);
  if (node->inclusion == SIM_INCLUSIVE) dirty = invalidate_above(hierarchy, node, line) || dirty;
  if (dirty) ++node->cache.counts.write_backs;
  sim_pass_down(hierarchy, node, line, dirty);
}

static uint64_t* put(struct sim_hierarchy* hierarchy, struct sim_node* node, uint64_t line_and_state, uint64_t now) {
  uint64_t victim;
  uint64_t* const tag = sim_cache_fill(&node->cache, line_and_state, now, &victim);
  if (victim != SIM_EMPTY) retire(hierarchy, node, victim);
  return tag;
}

void sim_pass_down(struct sim_hierarchy* hierarchy, const struct sim_node* from, uint64_t line, bool dirty) {
  struct sim_node* const below = from->below;
  if (!below) {
    hierarchy->memory_writes += dirty;
    return;
  }
  if (!dirty && below->inclusion != SIM_EXCLUSIVE) return;
  uint64_t* const tag = sim_cache_find(&below->cache, line);
  const uint64_t state = dirty ? SIM_DIRTY : 0;
  if (tag) {
    *tag |= state; /* not a use: its time stays */
  } else {
    put(hierarchy, below, line | state, ++below->cache.clock);
  }
}

/* A line was found on its way up. What it brings along: dirty data, out of an exclusive cache. */
static uint64_t leave_for_above(struct sim_node* node, uint64_t* tag, bool* first_use) {
  *first_use = (*tag & SIM_PREFETCHED) != 0;
  if (*first_use) {
    ++node->cache.counts.useful_prefetches;
    *tag &= ~SIM_PREFETCHED;
  }
  if (node->inclusion != SIM_EXCLUSIVE) {
    sim_cache_use(&node->cache, tag, ++node->cache.clock);
    return 0;
  }
  const uint64_t state = *tag & SIM_DIRTY;
  sim_cache_forget(&node->cache, tag);
  return state;
}

/* Puts a line into the levels between `from`, where it was found, and `to`, the farthest first. */
static uint64_t* raise_line(struct sim_core* core, struct sim_node* const* path, uint64_t line, uint64_t state,
                            uint32_t from, uint32_t to, uint64_t now) {
  uint64_t* tag = 0;
  for (uint32_t level = from; level-- > to;) {
    struct sim_node* const node = path[level];
    if (level > to && node->inclusion == SIM_EXCLUSIVE) continue;
    tag = put(core->hierarchy, node, line | state, level == 0 ? now : ++node->cache.clock);
    state = 0;
  }
  return tag;
}

/* Looks for a line from `*level` on; leaves there where it was found, or `end`. */
static uint64_t* find_below(struct sim_node* const* path, uint64_t line, uint32_t* level, uint32_t end) {
  for (; *level < end; ++*level) {
    uint64_t* const tag = sim_cache_find(&path[*level]->cache, line);
    if (tag) return tag;
  }
  return 0;
}

static void prefetch(struct sim_core* core, struct sim_node* const* path, uint32_t to, uint64_t line, uint64_t now) {
  struct sim_hierarchy* const hierarchy = core->hierarchy;
  const uint32_t levels = hierarchy->machine.level_count;
  uint32_t level = 0;
  if (find_below(path, line, &level, to + 1)) return;
  if (hierarchy->machine.cores > 1 && to < hierarchy->private_levels) {
    uint32_t own = to + 1;
    if (!find_below(path, line, &own, hierarchy->private_levels)) sim_share_with_other_cores(core, line);
  }
  uint64_t* const tag = find_below(path, line, &level, levels);
  uint64_t state = 0;
  bool first_use;
  if (tag) {
    state = leave_for_above(path[level], tag, &first_use);
  } else {
    ++hierarchy->memory_reads;
  }
  uint64_t* const place = raise_line(core, path, line, state, level, to, now);
  *place |= SIM_PREFETCHED;
  ++path[to]->cache.counts.prefetches;
}

/* Each prefetcher that the request came by sees it. */
static void train(struct sim_core* core, struct sim_node* const* path, uint64_t line, uint64_t pc, uint32_t served_by,
                  bool first_use, uint64_t now) {
  const uint32_t levels = core->hierarchy->machine.level_count;
  for (uint32_t level = 0; level < levels && level <= served_by; ++level) {
    struct sim_prefetcher* const prefetcher = path[level]->prefetcher;
    if (!prefetcher) continue;
    uint64_t lines[SIM_MAX_DEGREE];
    const bool news = level < served_by || first_use;
    const uint32_t count = sim_prefetcher_observe(prefetcher, line, pc, news, lines);
    for (uint32_t i = 0; i < count; ++i) prefetch(core, path, level, lines[i], now + 1 + i);
  }
}

static void remember(struct sim_core* core, enum sim_kind kind, uint64_t line, uint64_t* time) {
  sim_filter_add(sim_filter_of(core, kind), line, time);
  if (kind == SIM_STORE) sim_filter_add(&core->loads, line, time);
}

uint32_t sim_refer(struct sim_core* core, enum sim_kind kind, uint64_t line, uint64_t pc, uint64_t now) {
  struct sim_hierarchy* const hierarchy = core->hierarchy;
  struct sim_node* const* const path = core->path[kind == SIM_FETCH ? SIM_CODE : SIM_DATA];
  const bool several = hierarchy->machine.cores > 1;
  uint32_t served_by = 0;
  bool first_use = false;
  uint64_t* tag = find_below(path, line, &served_by, hierarchy->private_levels);
  if (several) sim_meet_other_cores(core, kind, line, tag);
  if (!tag) tag = find_below(path, line, &served_by, hierarchy->machine.level_count);
  for (uint32_t level = 0; level < served_by; ++level) ++core->misses[level][kind];
  if (served_by == 0 && tag) {
    first_use = (*tag & SIM_PREFETCHED) != 0;
    if (first_use) ++path[0]->cache.counts.useful_prefetches;
    *tag &= ~SIM_PREFETCHED;
    sim_cache_use(&path[0]->cache, tag, now);
  } else {
    uint64_t state = 0;
    if (tag) {
      state = leave_for_above(path[served_by], tag, &first_use);
    } else {
      ++hierarchy->memory_reads;
    }
    tag = raise_line(core, path, line, state, served_by, 0, now);
  }
  if (kind == SIM_STORE && hierarchy->machine.writes_back) *tag |= several ? SIM_DIRTY | SIM_OWNED : SIM_DIRTY;
  if (hierarchy->filtering) remember(core, kind, line, sim_cache_time(&path[0]->cache, tag));
  if (hierarchy->prefetching) train(core, path, line, pc, served_by, first_use, now);
  return served_by;
}

uint32_t sim_refer_as_one(struct sim_core* core, enum sim_kind kind, uint64_t first, uint64_t last, uint64_t now) {
  struct sim_hierarchy* const hierarchy = core->hierarchy;
  struct sim_node* const* const path = core->path[kind == SIM_FETCH ? SIM_CODE : SIM_DATA];
  const uint32_t levels = hierarchy->machine.level_count;
  for (uint32_t level = 0; level < levels; ++level) {
    struct sim_node* const node = path[level];
    bool missed = false;
    for (uint64_t line = first; line <= last; ++line) {
      const uint64_t time = level == 0 ? now + (line - first) * SIM_TICK_OF_LINE : ++node->cache.clock;
      uint64_t* tag = sim_cache_find(&node->cache, line);
      if (tag) {
        sim_cache_use(&node->cache, tag, time);
      } else {
        missed = true;
        tag = put(hierarchy, node, line, time);
      }
      if (level == 0) remember(core, kind, line, sim_cache_time(&node->cache, tag));
    }
    if (!missed) return level;
    ++core->misses[level][kind];
  }
  ++hierarchy->memory_reads;
  return levels;
}
