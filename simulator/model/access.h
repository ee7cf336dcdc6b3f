#pragma once

#include "simulator/model/hierarchy.h"

/* The way of most accesses, as the translated code has it: one line, found in the filter. In C for the tests, and for
   what the tool does not translate. */
static inline struct sim_outcome sim_filtered_access(struct sim_core* core, enum sim_kind kind,
                                                     struct sim_filter* filter, uint64_t address, uint32_t bytes,
                                                     uint64_t pc) {
  struct sim_hierarchy* const hierarchy = core->hierarchy;
  const uint64_t now = hierarchy->clock += SIM_TICK;
  const uint64_t line = address >> hierarchy->line_bits;
  const struct sim_outcome hit = {0, SIM_FIRST_TLB};
  const struct sim_slot* const slot = sim_filter_slot(filter, line);
  if (slot->number == line && (address + bytes - 1) >> hierarchy->line_bits == line) {
    if (kind == SIM_FETCH || core->tlb.small.sets == 0) {
      *slot->time = now;
      return hit;
    }
    const uint64_t page = address >> SIM_SMALL_PAGE_BITS;
    const struct sim_slot* const page_slot = sim_filter_slot(&core->tlb.pages, page);
    if (page_slot->number == page) {
      *slot->time = now;
      *page_slot->time = now;
      return hit;
    }
  }
  return sim_access(core, kind, address, bytes, pc, now);
}

static inline struct sim_outcome sim_fetch(struct sim_core* core, uint64_t address, uint32_t bytes) {
  return sim_filtered_access(core, SIM_FETCH, &core->fetches, address, bytes, address);
}

static inline struct sim_outcome sim_load(struct sim_core* core, uint64_t address, uint32_t bytes, uint64_t pc) {
  return sim_filtered_access(core, SIM_LOAD, &core->loads, address, bytes, pc);
}

static inline struct sim_outcome sim_store(struct sim_core* core, uint64_t address, uint32_t bytes, uint64_t pc) {
  return sim_filtered_access(core, SIM_STORE, &core->stores, address, bytes, pc);
}
