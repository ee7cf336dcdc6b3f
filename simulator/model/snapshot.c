#include "simulator/model/snapshot.h"

static void add(struct sim_snapshot* snapshot, const struct sim_cache* cache) {
  if (cache->sets == 0) return;
  for (uint32_t i = 0; i < snapshot->count; ++i) {
    if (snapshot->of[i].cache == cache) return;
  }
  snapshot->of[snapshot->count++].cache = cache;
}

static void add_all(struct sim_snapshot* snapshot, const struct sim_core* core) {
  for (int side = 0; side < SIM_SIDES; ++side) {
    for (uint32_t level = 0; level < core->hierarchy->machine.level_count; ++level)
      add(snapshot, &core->path[side][level]->cache);
  }
  add(snapshot, &core->tlb.small);
  add(snapshot, &core->tlb.huge);
  add(snapshot, &core->tlb.second);
}

bool sim_snapshot_is_possible(const struct sim_core* core) {
  struct sim_snapshot snapshot = {0};
  add_all(&snapshot, core);
  for (uint32_t i = 0; i < snapshot.count; ++i) {
    const struct sim_cache* const cache = snapshot.of[i].cache;
    if (cache->policy == SIM_RANDOM || cache->ways > SIM_SNAPSHOT_WAYS) return false;
  }
  return !core->hierarchy->prefetching;
}

static uint64_t lines_of(const struct sim_cache* cache) {
  return cache->sets * cache->ways;
}

static uint64_t times_of(const struct sim_cache* cache) {
  return cache->trees ? cache->sets : lines_of(cache);
}

void sim_snapshot_create(struct sim_snapshot* snapshot, const struct sim_core* core,
                         const struct sim_branches* branches) {
  *snapshot = (struct sim_snapshot){.core = core, .branches = branches};
  add_all(snapshot, core);
}

static uint64_t counters_of(const struct sim_branches* branches) {
  return branches && branches->counters ? UINT64_C(1) << branches->geometry.table_bits : 0;
}

static uint64_t targets_of(const struct sim_branches* branches) {
  return branches && branches->geometry.indirect == SIM_LAST_TARGET ? UINT64_C(1) << branches->geometry.target_bits : 0;
}

void sim_snapshot_destroy(struct sim_snapshot* snapshot) {
  const struct sim_memory* const memory = &snapshot->core->hierarchy->memory;
  if (snapshot->counters) memory->release(memory->context, snapshot->counters);
  if (snapshot->targets) memory->release(memory->context, snapshot->targets);
  snapshot->counters = 0;
  snapshot->targets = 0;
  for (uint32_t i = 0; i < snapshot->count && snapshot->of[i].tags; ++i) {
    memory->release(memory->context, snapshot->of[i].tags);
    memory->release(memory->context, snapshot->of[i].times);
  }
  snapshot->count = 0;
}

/* Most programs never come to be compared. */
static void make_room(struct sim_snapshot* snapshot) {
  const struct sim_memory* const memory = &snapshot->core->hierarchy->memory;
  for (uint32_t i = 0; i < snapshot->count && !snapshot->of[i].tags; ++i) {
    const struct sim_cache* const cache = snapshot->of[i].cache;
    snapshot->of[i].tags = memory->allocate(memory->context, lines_of(cache) * sizeof(uint64_t));
    snapshot->of[i].times = memory->allocate(memory->context, times_of(cache) * sizeof(uint64_t));
  }
  const uint64_t counters = counters_of(snapshot->branches);
  if (counters > 0 && !snapshot->counters) snapshot->counters = memory->allocate(memory->context, counters);
  const uint64_t targets = targets_of(snapshot->branches);
  if (targets > 0 && !snapshot->targets)
    snapshot->targets = memory->allocate(memory->context, targets * sizeof(uint64_t));
}

static void copy(uint64_t* to, const uint64_t* from, uint64_t count) {
  for (uint64_t i = 0; i < count; ++i) to[i] = from[i];
}

static bool equal(const uint64_t* one, const uint64_t* other, uint64_t count) {
  for (uint64_t i = 0; i < count; ++i) {
    if (one[i] != other[i]) return false;
  }
  return true;
}

static const uint64_t* kept_times(const struct sim_cache* cache) {
  return cache->trees ? cache->trees : cache->times;
}

void sim_snapshot_take_branches(struct sim_snapshot* snapshot) {
  const struct sim_branches* const branches = snapshot->branches;
  make_room(snapshot);
  if (!branches) return;
  snapshot->history = sim_history_asked(branches);
  copy(snapshot->targets, branches->targets, targets_of(branches));
  for (uint64_t i = 0; i < counters_of(branches); ++i) snapshot->counters[i] = branches->counters[i];
}

bool sim_snapshot_has_same_branches(const struct sim_snapshot* snapshot) {
  const struct sim_branches* const branches = snapshot->branches;
  if (!branches) return true;
  if (snapshot->history != sim_history_asked(branches)) return false;
  for (uint64_t i = 0; i < counters_of(branches); ++i) {
    if (snapshot->counters[i] != branches->counters[i]) return false;
  }
  return equal(snapshot->targets, branches->targets, targets_of(branches));
}

void sim_snapshot_take(struct sim_snapshot* snapshot) {
  make_room(snapshot);
  snapshot->code_is_lost = snapshot->core->code_is_lost;
  for (uint32_t i = 0; i < snapshot->count; ++i) {
    const struct sim_cache* const cache = snapshot->of[i].cache;
    copy(snapshot->of[i].tags, cache->tags, lines_of(cache));
    copy(snapshot->of[i].times, kept_times(cache), times_of(cache));
  }
}

/* The ways in the order of their last uses; those never used are the oldest, the lowest first. */
static void sort(const uint64_t* times, uint32_t ways, uint8_t* order) {
  for (uint32_t way = 0; way < ways; ++way) {
    uint32_t place = way;
    for (; place > 0 && times[order[place - 1]] > times[way]; --place) order[place] = order[place - 1];
    order[place] = (uint8_t)way;
  }
}

/* Under LRU it does not matter in which way a line is. */
static bool is_same_order(const struct sim_cache* cache, const uint64_t* tags, const uint64_t* times,
                          const uint64_t* tags_before, const uint64_t* times_before) {
  uint8_t now[SIM_SNAPSHOT_WAYS];
  uint8_t before[SIM_SNAPSHOT_WAYS];
  sort(times, cache->ways, now);
  sort(times_before, cache->ways, before);
  for (uint32_t i = 0; i < cache->ways; ++i) {
    if (tags[now[i]] != tags_before[before[i]]) return false;
  }
  return true;
}

static uint64_t newest(const uint64_t* times, uint32_t ways) {
  uint64_t result = 0;
  for (uint32_t way = 0; way < ways; ++way) result = times[way] > result ? times[way] : result;
  return result;
}

/* Of a node of the tree: whether its first half leaves first. */
static bool first_is_older(const uint64_t* times, uint32_t first, uint32_t ways) {
  return newest(times, first) < newest(times + first, ways - first);
}

/* A tree stands over the ways as they are. */
static bool is_same_tree(const uint64_t* times, const uint64_t* before, uint32_t ways) {
  if (ways < 2) return true;
  const uint32_t first = (ways + 1) / 2;
  return first_is_older(times, first, ways) == first_is_older(before, first, ways) &&
         is_same_tree(times, before, first) && is_same_tree(times + first, before + first, ways - first);
}

static bool is_same_set(const struct sim_cache* cache, const uint64_t* tags, const uint64_t* times,
                        const uint64_t* tags_before, const uint64_t* times_before) {
  if (cache->policy == SIM_LRU && !equal(times, times_before, cache->ways))
    return is_same_order(cache, tags, times, tags_before, times_before);
  return equal(tags, tags_before, cache->ways) && is_same_tree(times, times_before, cache->ways);
}

static bool is_same_cache(const struct sim_cache* cache, const uint64_t* tags, const uint64_t* times) {
  if (cache->trees) return equal(cache->tags, tags, lines_of(cache)) && equal(cache->trees, times, times_of(cache));
  for (uint64_t line = 0; line < lines_of(cache); line += cache->ways) {
    if (!is_same_set(cache, cache->tags + line, cache->times + line, tags + line, times + line)) return false;
  }
  return true;
}

bool sim_snapshot_is_same(const struct sim_snapshot* snapshot) {
  if (snapshot->core->code_is_lost != snapshot->code_is_lost) return false;
  for (uint32_t i = 0; i < snapshot->count; ++i) {
    if (!is_same_cache(snapshot->of[i].cache, snapshot->of[i].tags, snapshot->of[i].times)) return false;
  }
  return true;
}

uint64_t sim_snapshot_lines(const struct sim_snapshot* snapshot) {
  uint64_t lines = 0;
  for (uint32_t i = 0; i < snapshot->count; ++i) lines += lines_of(snapshot->of[i].cache);
  return lines;
}

uint64_t sim_snapshot_branch_words(const struct sim_snapshot* snapshot) {
  return counters_of(snapshot->branches) / sizeof(uint64_t) + targets_of(snapshot->branches);
}
