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
    if (hierarchy->machine.tlb.small.ways > 0)
      sim_tlb_create(&core->tlb, &hierarchy->machine.tlb, hierarchy->machine.seed + i, &hierarchy->memory);
  }
}

struct sim_hierarchy* sim_hierarchy_create(const struct sim_machine* machine, const struct sim_memory* memory) {
  struct sim_hierarchy* const hierarchy = memory->allocate(memory->context, sizeof *hierarchy);
  hierarchy->machine = *machine;
  hierarchy->memory = *memory;
  hierarchy->line_bits = bits(machine->line_bytes);
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

static void activate(struct sim_core* core) {
  core->active = true;
  core->hierarchy->active[core->hierarchy->active_count++] = core;
}

static enum sim_translation translate_page(struct sim_core* core, uint64_t page, uint64_t now) {
  uint64_t* const time = sim_filter_find(&core->tlb.pages, page);
  if (time) {
    *time = now;
    return SIM_FIRST_TLB;
  }
  const struct sim_hierarchy* const hierarchy = core->hierarchy;
  const uint64_t address = page << SIM_SMALL_PAGE_BITS;
  const bool huge = hierarchy->is_huge && hierarchy->is_huge(hierarchy->is_huge_context, address);
  return sim_tlb_translate(&core->tlb, address, huge, now);
}

static enum sim_translation translate(struct sim_core* core, uint64_t address, uint32_t bytes, uint64_t now) {
  const uint64_t last = (address + bytes - 1) >> SIM_SMALL_PAGE_BITS;
  enum sim_translation farthest = SIM_FIRST_TLB;
  for (uint64_t page = address >> SIM_SMALL_PAGE_BITS; page <= last; ++page, now += SIM_TICK_OF_LINE) {
    const enum sim_translation by = translate_page(core, page, now);
    if (by > farthest) farthest = by;
  }
  return farthest;
}

struct sim_outcome sim_access(struct sim_core* core, enum sim_kind kind, uint64_t address, uint32_t bytes, uint64_t pc,
                              uint64_t now) {
  const struct sim_hierarchy* const hierarchy = core->hierarchy;
  const uint64_t first = address >> hierarchy->line_bits;
  const uint64_t last = (address + bytes - 1) >> hierarchy->line_bits;
  struct sim_outcome outcome = {0, SIM_FIRST_TLB};
  if (!core->active) activate(core);
  if (kind != SIM_FETCH && core->tlb.small.sets > 0) {
    outcome.translated_by = (uint8_t)translate(core, address, bytes, now);
  }
  if (hierarchy->machine.straddle_as_one && last != first) {
    outcome.served_by = (uint8_t)sim_refer_as_one(core, kind, first, last, now);
    return outcome;
  }
  for (uint64_t line = first; line <= last; ++line, now += SIM_TICK_OF_LINE) {
    const uint8_t served_by = (uint8_t)sim_refer(core, kind, line, pc, now);
    if (served_by > outcome.served_by) outcome.served_by = served_by;
  }
  return outcome;
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
