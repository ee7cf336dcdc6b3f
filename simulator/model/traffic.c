#include "simulator/model/traffic.h"

#include "simulator/model/filters.h"
#include "simulator/model/set.h"

/* A cache loses a line that an inclusive one below lost. Returns whether it had been written to. */
static bool invalidate(struct sim_hierarchy* hierarchy, struct sim_node* node, uint64_t line) {
  uint64_t* const tag = sim_cache_find(&node->cache, line);
  if (!tag) return false;
  const bool dirty = (*tag & SIM_DIRTY) != 0;
  if (*tag & SIM_PREFETCHED) ++node->cache.counts.useless_prefetches;
  ++node->cache.counts.back_invalidations;
  sim_cache_forget(&node->cache, tag);
  if (node->level == 0) {
    sim_filters_drop(&hierarchy->cores[node->core], node, line);
    if (node->holds[SIM_CODE]) hierarchy->cores[node->core].code_is_lost = 1;
  }
  return dirty;
}

/* An inclusive cache lost a line: so do the caches of a core above it. */
static bool invalidate_above(const struct sim_core* core, const struct sim_node* lost, uint64_t line) {
  bool dirty = false;
  for (uint32_t level = 0; level < lost->level; ++level) {
    struct sim_node* const data = core->path[SIM_DATA][level];
    struct sim_node* const code = core->path[SIM_CODE][level];
    if (lost->holds[SIM_DATA]) dirty = invalidate(core->hierarchy, data, line) || dirty;
    if (lost->holds[SIM_CODE] && (code != data || !lost->holds[SIM_DATA]))
      dirty = invalidate(core->hierarchy, code, line) || dirty;
  }
  return dirty;
}

/* The same for all cores that use it. A shared cache above it is met by each of them, and loses the line once. */
static bool invalidate_above_all(struct sim_hierarchy* hierarchy, const struct sim_node* lost, uint64_t line) {
  if (!lost->shared) return invalidate_above(&hierarchy->cores[lost->core], lost, line);
  bool dirty = false;
  for (uint32_t i = 0; i < hierarchy->active_count; ++i)
    dirty = invalidate_above(hierarchy->active[i], lost, line) || dirty;
  return dirty;
}

static void retire(struct sim_hierarchy* hierarchy, struct sim_node* node, uint64_t victim) {
  const uint64_t line = victim & SIM_LINE_MASK;
  bool dirty = (victim & SIM_DIRTY) != 0;
  ++node->cache.counts.evictions;
  if (victim & SIM_PREFETCHED) ++node->cache.counts.useless_prefetches;
  if (node->level == 0) sim_filters_drop(&hierarchy->cores[node->core], node, line);
  if (node->inclusion == SIM_INCLUSIVE) dirty = invalidate_above_all(hierarchy, node, line) || dirty;
  if (dirty) ++node->cache.counts.write_backs;
  sim_pass_down(hierarchy, node, line, dirty);
}

static inline uint64_t* put(struct sim_hierarchy* hierarchy, struct sim_node* node, uint64_t set, uint64_t line,
                            uint64_t state, uint64_t now) {
  uint64_t victim;
  uint64_t* const tag = sim_set_fill(&node->cache, set, line, state, now, &victim);
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
  const uint64_t set = sim_set_of(&below->cache, line);
  uint64_t* const tag = sim_set_find(&below->cache, set, line);
  const uint64_t state = dirty ? SIM_DIRTY : 0;
  if (tag) {
    *tag |= state; /* not a use: its time stays */
  } else {
    put(hierarchy, below, set, line, state, ++below->cache.clock);
  }
}

/* One line on its way through the levels. */
struct search {
  struct sim_node* const* path;
  uint64_t line;
  uint32_t level;                /* how far it was looked for */
  uint64_t sets[SIM_MAX_LEVELS]; /* of the levels down to there */
};

/* Looks for a line from `level` on, up to `end`. Returns where it is, or null. */
static inline uint64_t* find(struct search* search, uint32_t end) {
  for (; search->level < end; ++search->level) {
    const struct sim_cache* const cache = &search->path[search->level]->cache;
    const uint64_t set = sim_set_of(cache, search->line);
    search->sets[search->level] = set;
    uint64_t* const tag = sim_set_find(cache, set, search->line);
    if (tag) return tag;
  }
  return 0;
}

/* A line was found on its way up. What it brings along: dirty data, out of an exclusive cache. */
static inline uint64_t leave_for_above(const struct search* search, uint64_t* tag, bool* first_use) {
  struct sim_node* const node = search->path[search->level];
  *first_use = (*tag & SIM_PREFETCHED) != 0;
  if (*first_use) {
    ++node->cache.counts.useful_prefetches;
    *tag &= ~SIM_PREFETCHED;
  }
  if (node->inclusion != SIM_EXCLUSIVE) {
    sim_set_use(&node->cache, search->sets[search->level], tag, ++node->cache.clock);
    return 0;
  }
  const uint64_t state = *tag & SIM_DIRTY;
  sim_cache_forget(&node->cache, tag);
  return state;
}

/* Puts a line into the levels between where it was found and `to`, the farthest first. */
static inline uint64_t* raise_line(struct sim_hierarchy* hierarchy, const struct search* search, uint64_t state,
                                   uint32_t to, uint64_t now) {
  uint64_t* tag = 0;
  for (uint32_t level = search->level; level-- > to;) {
    struct sim_node* const node = search->path[level];
    if (level > to && node->inclusion == SIM_EXCLUSIVE) continue;
    tag = put(hierarchy, node, search->sets[level], search->line, state, level == 0 ? now : ++node->cache.clock);
    state = 0;
  }
  return tag;
}

static void prefetch(struct sim_core* core, struct sim_node* const* path, uint32_t to, uint64_t line, uint64_t now) {
  struct sim_hierarchy* const hierarchy = core->hierarchy;
  struct search search = {.path = path, .line = line};
  if (find(&search, to + 1)) return;
  if (hierarchy->active_count > 1 && to < hierarchy->private_levels) {
    struct search own = search;
    if (!find(&own, hierarchy->private_levels)) sim_share_with_other_cores(core, line);
  }
  uint64_t* const tag = find(&search, hierarchy->machine.level_count);
  uint64_t state = 0;
  bool first_use;
  if (tag) {
    state = leave_for_above(&search, tag, &first_use);
  } else {
    ++hierarchy->memory_reads;
  }
  uint64_t* const place = raise_line(hierarchy, &search, state, to, now);
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

uint32_t sim_refer(struct sim_core* core, enum sim_kind kind, uint64_t line, uint64_t pc, uint64_t now) {
  struct sim_hierarchy* const hierarchy = core->hierarchy;
  struct sim_node* const* const path = core->path[sim_side_of(kind)];
  struct search search = {.path = path, .line = line};
  bool first_use = false;
  uint64_t* tag = find(&search, hierarchy->private_levels);
  if (hierarchy->active_count > 1) sim_meet_other_cores(core, kind, line, tag);
  if (!tag) tag = find(&search, hierarchy->machine.level_count);
  const uint32_t served_by = search.level;
  for (uint32_t level = 0; level < served_by; ++level) ++core->misses[level][kind];
  if (served_by == 0) {
    first_use = (*tag & SIM_PREFETCHED) != 0;
    if (first_use) ++path[0]->cache.counts.useful_prefetches;
    *tag &= ~SIM_PREFETCHED;
    *sim_cache_time(&path[0]->cache, tag) = now;
  } else {
    uint64_t state = 0;
    if (tag) {
      state = leave_for_above(&search, tag, &first_use);
    } else {
      ++hierarchy->memory_reads;
    }
    tag = raise_line(hierarchy, &search, state, 0, now);
  }
  if (kind == SIM_STORE && hierarchy->machine.writes_back) *tag |= SIM_DIRTY | SIM_OWNED;
  if (hierarchy->filtering) sim_filters_add(core, kind, line, sim_cache_time(&path[0]->cache, tag));
  if (hierarchy->prefetching) train(core, path, line, pc, served_by, first_use, now);
  return served_by;
}

uint32_t sim_refer_as_one(struct sim_core* core, enum sim_kind kind, uint64_t first, uint64_t last, uint64_t now) {
  struct sim_hierarchy* const hierarchy = core->hierarchy;
  struct sim_node* const* const path = core->path[sim_side_of(kind)];
  const uint32_t levels = hierarchy->machine.level_count;
  for (uint32_t level = 0; level < levels; ++level) {
    struct sim_node* const node = path[level];
    bool missed = false;
    for (uint64_t line = first; line <= last; ++line) {
      const uint64_t time = level == 0 ? now + (line - first) * SIM_TICK_OF_LINE : ++node->cache.clock;
      const uint64_t set = sim_set_of(&node->cache, line);
      uint64_t* tag = sim_set_find(&node->cache, set, line);
      if (tag) {
        sim_set_use(&node->cache, set, tag, time);
      } else {
        missed = true;
        tag = put(hierarchy, node, set, line, 0, time);
      }
      if (level == 0) sim_filters_add(core, kind, line, sim_cache_time(&node->cache, tag));
    }
    if (!missed) return level;
    ++core->misses[level][kind];
  }
  ++hierarchy->memory_reads;
  return levels;
}
