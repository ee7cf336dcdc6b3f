#include "simulator/model/plain.h"

/* Where a level below the first has a line, or would have it. */
struct place {
  uint64_t set;
  uint64_t* tag; /* null where it has not */
};

/* Looks for a line in one of the lower levels. Returns whether it is there. */
static inline bool look(const struct sim_cache* cache, uint64_t line, struct place* place) {
  place->set = sim_set_of(cache, line);
  sim_set_prefetch(cache, place->set);
  place->tag = sim_set_find(cache, place->set, line);
  return place->tag != 0;
}

/* A use of a line that was looked for, by the level that is asked: it has the line afterwards. Returns the tag word of
   the line that had to leave for it, or SIM_EMPTY. */
static inline uint64_t use(struct sim_cache* cache, uint64_t line, const struct place* place) {
  uint64_t victim = SIM_EMPTY;
  const uint64_t now = ++cache->clock;
  if (place->tag) {
    sim_set_use(cache, place->set, place->tag, now);
  } else {
    sim_set_fill(cache, place->set, line, 0, now, &victim);
  }
  return victim;
}

/* A line that the third level has: what most programs have that do not fit into the second. */
static uint32_t refer_third(struct sim_core* core, enum sim_kind kind, uint64_t line, uint64_t now, uint64_t set,
                            uint64_t second_set, uint64_t third_set, const uint64_t* third_tag) {
  struct sim_node* const* const path = core->path[sim_side_of(kind)];
  uint64_t victims[2];
  ++core->misses[0][kind];
  ++core->misses[1][kind];
  uint64_t* const tag = sim_plain_take_in(core, path[0], set, line, &victims[0]);
  sim_set_fill(&path[1]->cache, second_set, line, 0, ++path[1]->cache.clock, &victims[1]);
  sim_set_use(&path[2]->cache, third_set, third_tag, ++path[2]->cache.clock);
  for (uint32_t level = 2; level-- > 0;) {
    if (victims[level] != SIM_EMPTY) sim_plain_retire(core->hierarchy, path[level], victims[level]);
  }
  sim_plain_note_use(core, kind, line, tag, now);
  return 2;
}

/* What the levels give up is passed down only when all have the line, from the farthest on: the order in which
   sim_refer does it, and a level's order of use depends on it. */
uint32_t sim_refer_far(struct sim_core* core, enum sim_kind kind, uint64_t line, uint64_t now, uint64_t set,
                       uint64_t second_set) {
  struct sim_hierarchy* const hierarchy = core->hierarchy;
  struct sim_node* const* const path = core->path[sim_side_of(kind)];
  const uint32_t levels = hierarchy->machine.level_count;
  if (levels > 2) {
    const uint64_t third_set = sim_set_of(&path[2]->cache, line);
    const uint64_t* const third_tag = sim_set_find(&path[2]->cache, third_set, line);
    if (third_tag) return refer_third(core, kind, line, now, set, second_set, third_set, third_tag);
  }
  struct place places[SIM_MAX_LEVELS];
  places[1] = (struct place){second_set, 0};
  uint32_t served_by = levels < 2 ? 1 : 2;
  for (; served_by < levels; ++served_by) {
    if (look(&path[served_by]->cache, line, &places[served_by])) break;
  }
  /* An inclusive level may have to give up another line, and with it what the levels above it hold. */
  if (served_by == levels && hierarchy->including) return sim_refer(core, kind, line, 0, now);
  uint64_t victims[SIM_MAX_LEVELS];
  ++core->misses[0][kind];
  uint64_t* const tag = sim_plain_take_in(core, path[0], set, line, &victims[0]);
  for (uint32_t level = 1; level < served_by; ++level) {
    victims[level] = use(&path[level]->cache, line, &places[level]);
    ++core->misses[level][kind];
  }
  if (served_by < levels) {
    use(&path[served_by]->cache, line, &places[served_by]);
  } else {
    ++hierarchy->memory_reads;
  }
  for (uint32_t level = served_by; level-- > 0;) {
    if (victims[level] != SIM_EMPTY) sim_plain_retire(hierarchy, path[level], victims[level]);
  }
  sim_plain_note_use(core, kind, line, tag, now);
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
  const uint64_t set = sim_set_of(cache, line);
  uint64_t* tag = sim_set_find(cache, set, line);
  const bool had = tag != 0;
  if (!had) {
    uint64_t victim;
    tag = sim_plain_take_in(core, node, set, line, &victim);
    cache->counts.evictions += victim != SIM_EMPTY;
  }
  sim_plain_note_use(core, kind, line, tag, now);
  return had;
}

static inline bool use_lower(struct sim_cache* cache, uint64_t line) {
  struct place place;
  const bool had = look(cache, line, &place);
  cache->counts.evictions += use(cache, line, &place) != SIM_EMPTY;
  return had;
}

uint32_t sim_refer_pair_as_one(struct sim_core* core, enum sim_kind kind, uint64_t first, uint64_t now) {
  struct sim_node* const* const path = core->path[sim_side_of(kind)];
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
