#include "simulator/model/filters.h"
#include "simulator/model/set.h"
#include "simulator/model/traffic.h"

/* A request to one of the lower levels, which has the line afterwards. Returns whether it had it before; else the line
   that had to leave for it is in `*victim`, or SIM_EMPTY. */
static bool request(struct sim_cache* cache, uint64_t* set, uint64_t line, uint64_t* victim) {
  if (cache->ordered && sim_set_is_newest(cache, line)) return true;
  uint64_t* const tag = sim_set_find(cache, set, line);
  const uint64_t now = ++cache->clock;
  if (tag) {
    sim_set_use(cache, set, tag, now);
    return true;
  }
  sim_set_fill(cache, set, line, 0, now, victim);
  return false;
}

static inline void retire(struct sim_hierarchy* hierarchy, struct sim_node* node, uint64_t victim) {
  ++node->cache.counts.evictions;
  if (victim & SIM_DIRTY) {
    ++node->cache.counts.write_backs;
    sim_pass_down(hierarchy, node, victim & SIM_LINE_MASK, true);
  }
}

/* Asks the levels below the first. What they give up is passed down only when all have the line, from the farthest on:
   the order in which sim_refer does it, and a level's order of use depends on it. */
static __attribute__((noinline)) uint32_t bring(struct sim_core* core, enum sim_kind kind, uint64_t line,
                                                struct sim_node* const* path) {
  struct sim_hierarchy* const hierarchy = core->hierarchy;
  const uint32_t levels = hierarchy->machine.level_count;
  uint64_t victims[SIM_MAX_LEVELS];
  uint32_t level = 1;
  for (; level < levels; ++level) {
    struct sim_cache* const cache = &path[level]->cache;
    if (request(cache, sim_set_of(cache, line), line, &victims[level])) break;
    ++core->misses[level][kind];
  }
  if (level == levels) ++hierarchy->memory_reads;
  for (uint32_t missed = level; --missed > 0;) {
    if (victims[missed] != SIM_EMPTY) retire(hierarchy, path[missed], victims[missed]);
  }
  return level;
}

/* Whether one more use of a line changes nothing. If not, all of its set will be needed soon, and may be far away in
   the memory of this machine. */
static inline bool is_newest(const struct sim_cache* cache, uint64_t line) {
  if (cache->ordered && sim_set_is_newest(cache, line)) return true;
  const uint64_t* const set = sim_set_of(cache, line);
  for (uint32_t word = 0; word < cache->words_in_set; word += 8) __builtin_prefetch(set + word);
  return false;
}

/* Whether any level below has a line. If not, an inclusive one may have to give up another, and with it what the levels
   above it hold. */
static bool is_below(const struct sim_node* node, uint64_t line) {
  for (node = node->below; node; node = node->below) {
    if (is_newest(&node->cache, line) || sim_cache_find(&node->cache, line)) return true;
  }
  return false;
}

uint32_t sim_refer_plain(struct sim_core* core, enum sim_kind kind, uint64_t line, uint64_t now) {
  struct sim_node* const* const path = core->path[kind == SIM_FETCH ? SIM_CODE : SIM_DATA];
  struct sim_node* const first = path[0];
  struct sim_cache* const cache = &first->cache;
  uint64_t* const set = sim_set_of(cache, line);
  uint64_t* tag = sim_set_find(cache, set, line);
  uint32_t served_by = 0;
  if (!tag) {
    const bool next_has_it = first->below && is_newest(&first->below->cache, line);
    if (!next_has_it && core->hierarchy->including && !is_below(first, line)) return sim_refer(core, kind, line, 0, now);
    ++core->misses[0][kind];
    const uint32_t way = sim_set_choose(cache, set, line);
    tag = set + cache->tags_at + way;
    const uint64_t victim = sim_set_replace(cache, set, way, line, 0);
    if (victim != SIM_EMPTY) sim_filters_drop(core, first, victim & SIM_LINE_MASK);
    served_by = next_has_it ? 1 : bring(core, kind, line, path);
    if (victim != SIM_EMPTY) retire(core->hierarchy, first, victim);
  }
  *sim_cache_time(cache, tag) = now;
  if (kind == SIM_STORE && core->hierarchy->machine.writes_back) *tag |= SIM_DIRTY | SIM_OWNED;
  sim_filters_add(core, kind, line, sim_cache_time(cache, tag));
  return served_by;
}

/* A use of a line in the first level, which has it afterwards. Returns whether it had it before. */
static inline bool use_first(struct sim_core* core, enum sim_kind kind, struct sim_node* node, uint64_t line,
                             uint64_t now) {
  uint64_t* const time = sim_filter_find(sim_filter_of(core, kind), line);
  if (time) {
    *time = now;
    return true;
  }
  struct sim_cache* const cache = &node->cache;
  uint64_t* const set = sim_set_of(cache, line);
  uint64_t* tag = sim_set_find(cache, set, line);
  const bool had = tag != 0;
  if (!had) {
    const uint32_t way = sim_set_choose(cache, set, line);
    tag = set + cache->tags_at + way;
    const uint64_t victim = sim_set_replace(cache, set, way, line, 0);
    if (victim != SIM_EMPTY) {
      ++cache->counts.evictions;
      sim_filters_drop(core, node, victim & SIM_LINE_MASK);
    }
  }
  *sim_cache_time(cache, tag) = now;
  sim_filters_add(core, kind, line, sim_cache_time(cache, tag));
  return had;
}

static inline bool use_lower(struct sim_cache* cache, uint64_t line) {
  uint64_t victim = SIM_EMPTY;
  const bool had = request(cache, sim_set_of(cache, line), line, &victim);
  cache->counts.evictions += victim != SIM_EMPTY;
  return had;
}

uint32_t sim_refer_pair_as_one(struct sim_core* core, enum sim_kind kind, uint64_t first, uint64_t now) {
  struct sim_node* const* const path = core->path[kind == SIM_FETCH ? SIM_CODE : SIM_DATA];
  const uint32_t levels = core->hierarchy->machine.level_count;
  const bool had_first = use_first(core, kind, path[0], first, now);
  const bool had_second = use_first(core, kind, path[0], first + 1, now + SIM_TICK_OF_LINE);
  if (had_first && had_second) return 0;
  ++core->misses[0][kind];
  for (uint32_t level = 1; level < levels; ++level) {
    const bool has_first = use_lower(&path[level]->cache, first);
    const bool has_second = use_lower(&path[level]->cache, first + 1);
    if (has_first && has_second) return level;
    ++core->misses[level][kind];
  }
  ++core->hierarchy->memory_reads;
  return levels;
}
