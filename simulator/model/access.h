#pragma once

#include "simulator/model/hierarchy.h"

/* One access in C as the translated code makes it: through the filters, and by way of the model only where they do not
   know all of it. For what the tool keeps until a piece of code ends, and for the tests. `now` is as in sim_access,
   which also looks into the filters for accesses over two lines: they would make this longer, and most callers inline
   it. */
static inline struct sim_outcome sim_access_at(struct sim_core* core, enum sim_kind kind, uint64_t address,
                                               uint32_t bytes, uint64_t pc, uint64_t now) {
  const struct sim_outcome hit = {0, SIM_FIRST_TLB};
  const uint64_t line = address >> core->line_bits;
  uint64_t* const time = sim_filter_find(sim_filter_of(core, kind), line);
  if (time && (address + bytes - 1) >> core->line_bits == line) {
    if (kind == SIM_FETCH || core->tlb.small.sets == 0) {
      *time = now;
      return hit;
    }
    uint64_t* const page_time = sim_filter_find(&core->tlb.pages, address >> SIM_SMALL_PAGE_BITS);
    if (page_time) {
      *time = now;
      *page_time = now;
      return hit;
    }
  }
  return sim_access(core, kind, address, bytes, pc, now);
}

/* The same by the hierarchy's own clock. */
static inline struct sim_outcome sim_fetch(struct sim_core* core, uint64_t address, uint32_t bytes) {
  return sim_access_at(core, SIM_FETCH, address, bytes, address, core->hierarchy->clock += SIM_TICK);
}

static inline struct sim_outcome sim_load(struct sim_core* core, uint64_t address, uint32_t bytes, uint64_t pc) {
  return sim_access_at(core, SIM_LOAD, address, bytes, pc, core->hierarchy->clock += SIM_TICK);
}

static inline struct sim_outcome sim_store(struct sim_core* core, uint64_t address, uint32_t bytes, uint64_t pc) {
  return sim_access_at(core, SIM_STORE, address, bytes, pc, core->hierarchy->clock += SIM_TICK);
}
