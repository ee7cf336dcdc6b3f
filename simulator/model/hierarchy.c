#include "simulator/model/hierarchy.h"

#include "simulator/model/traffic.h"

static uint32_t bits(uint32_t power_of_two) {
  uint32_t result = 0;
  while (power_of_two >> result > 1) ++result;
  return result;
}

static struct sim_prefetcher* create_prefetcher(const struct sim_level* level, uint32_t line_bytes,
                                                const struct sim_memory* memory) {
  if (level->prefetch == SIM_NO_PREFETCH) return 0;
  struct sim_prefetcher* const prefetcher = memory->allocate(memory->context, sizeof *prefetcher);
  prefetcher->kind = level->prefetch;
  prefetcher->degree = level->degree;
  prefetcher->lines_in_page = (1u << SIM_SMALL_PAGE_BITS) / line_bytes;
  for (uint32_t i = 0; i < SIM_STRIDE_ENTRIES; ++i) prefetcher->entries[i].line = SIM_EMPTY;
  return prefetcher;
}

/* Adds one cache and puts it on the ways of the cores from `first` to `last`. */
static void add_node(struct sim_hierarchy* hierarchy, uint32_t index, bool data, bool code, uint32_t first,
                     uint32_t last) {
  const struct sim_level* const level = &hierarchy->machine.levels[index];
  struct sim_node* const node = &hierarchy->nodes[hierarchy->node_count];
  sim_cache_create(&node->cache, data ? level->data : level->code, index == 0,
                   hierarchy->machine.seed + hierarchy->node_count, &hierarchy->memory);
  ++hierarchy->node_count;
  node->inclusion = level->inclusion;
  node->level = index;
  node->core = first;
  node->shared = index >= hierarchy->private_levels;
  node->holds[SIM_DATA] = data;
  node->holds[SIM_CODE] = code;
  node->prefetcher = create_prefetcher(level, hierarchy->machine.line_bytes, &hierarchy->memory);
  if (node->prefetcher) hierarchy->prefetching = true;
  if (node->inclusion == SIM_INCLUSIVE) hierarchy->including = true;
  for (uint32_t core = first; core <= last; ++core) {
    for (int side = 0; side < SIM_SIDES; ++side) {
      if (node->holds[side]) hierarchy->cores[core].path[side][index] = node;
    }
  }
}

static void add_level(struct sim_hierarchy* hierarchy, uint32_t index) {
  const bool split = hierarchy->machine.levels[index].split;
  const uint32_t cores = hierarchy->machine.cores;
  const bool shared = index >= hierarchy->private_levels;
  for (uint32_t core = 0; core < (shared ? 1 : cores); ++core) {
    const uint32_t last = shared ? cores - 1 : core;
    add_node(hierarchy, index, true, !split, core, last);
    if (split) add_node(hierarchy, index, false, true, core, last);
  }
}

static void create_cores(struct sim_hierarchy* hierarchy) {
  for (uint32_t i = 0; i < hierarchy->machine.cores; ++i) {
    struct sim_core* const core = &hierarchy->cores[i];
    core->hierarchy = hierarchy;
    sim_filter_clear(&core->fetches);
    sim_filter_clear(&core->loads);
    sim_filter_clear(&core->stores);
    core->filters[SIM_FETCH] = &core->fetches;
    core->filters[SIM_LOAD] = &core->loads;
    core->filters[SIM_STORE] = hierarchy->machine.writes_back ? &core->stores : &core->loads;
    core->line_bits = bits(hierarchy->machine.line_bytes);
    if (hierarchy->machine.tlb.small.ways > 0)
      sim_tlb_create(&core->tlb, &hierarchy->machine.tlb, hierarchy->machine.seed + i, &hierarchy->memory);
  }
}

struct sim_hierarchy* sim_hierarchy_create(const struct sim_machine* machine, const struct sim_memory* memory) {
  struct sim_hierarchy* const hierarchy = memory->allocate(memory->context, sizeof *hierarchy);
  hierarchy->machine = *machine;
  hierarchy->memory = *memory;
  hierarchy->clock = SIM_TICK; /* 0 is the time of a way that was never used */
  hierarchy->filtering = machine->levels[0].prefetch != SIM_STRIDE;
  while (hierarchy->private_levels < machine->level_count &&
         (machine->cores == 1 || !machine->levels[hierarchy->private_levels].shared))
    ++hierarchy->private_levels;
  const size_t most_nodes = (size_t)machine->cores * machine->level_count * SIM_SIDES;
  hierarchy->nodes = memory->allocate(memory->context, most_nodes * sizeof *hierarchy->nodes);
  hierarchy->cores = memory->allocate(memory->context, machine->cores * sizeof *hierarchy->cores);
  hierarchy->active = memory->allocate(memory->context, machine->cores * sizeof(struct sim_core*));
  create_cores(hierarchy);
  for (uint32_t index = 0; index < machine->level_count; ++index) add_level(hierarchy, index);
  for (uint32_t core = 0; core < machine->cores; ++core) {
    for (int side = 0; side < SIM_SIDES; ++side) {
      struct sim_node** const path = hierarchy->cores[core].path[side];
      for (uint32_t index = 0; index + 1 < machine->level_count; ++index) path[index]->below = path[index + 1];
    }
  }
  return hierarchy;
}

void sim_hierarchy_destroy(struct sim_hierarchy* hierarchy) {
  const struct sim_memory memory = hierarchy->memory;
  for (uint32_t i = 0; i < hierarchy->node_count; ++i) {
    sim_cache_destroy(&hierarchy->nodes[i].cache, &memory);
    if (hierarchy->nodes[i].prefetcher) memory.release(memory.context, hierarchy->nodes[i].prefetcher);
  }
  for (uint32_t i = 0; i < hierarchy->machine.cores; ++i) {
    struct sim_core* const core = &hierarchy->cores[i];
    if (core->tlb.small.sets > 0) sim_tlb_destroy(&core->tlb, &memory);
  }
  memory.release(memory.context, hierarchy->nodes);
  memory.release(memory.context, hierarchy->cores);
  memory.release(memory.context, hierarchy->active);
  memory.release(memory.context, hierarchy);
}

void sim_hierarchy_zero_counts(struct sim_hierarchy* hierarchy) {
  for (uint32_t i = 0; i < hierarchy->node_count; ++i) {
    hierarchy->nodes[i].cache.counts = (struct sim_cache_counts){0};
  }
  for (uint32_t i = 0; i < hierarchy->machine.cores; ++i) {
    struct sim_core* const core = &hierarchy->cores[i];
    for (uint32_t level = 0; level < SIM_MAX_LEVELS; ++level) {
      for (int kind = 0; kind < SIM_KINDS; ++kind) core->misses[level][kind] = 0;
    }
    for (int kind = 0; kind < SIM_KINDS; ++kind) core->coherence_misses[kind] = 0;
    core->invalidating_stores = 0;
    core->tlb.first_misses = 0;
    core->tlb.walks = 0;
  }
  hierarchy->memory_reads = 0;
  hierarchy->memory_writes = 0;
}
