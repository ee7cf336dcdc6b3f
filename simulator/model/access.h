#pragma once

#include "simulator/model/hierarchy.h"
#include "simulator/model/traffic.h"

/* One access in C as the translated code makes it: whether the filters know all of it, which may be two lines, as of
   vectors, and two pages; then it is done. `now` is as in sim_access. */
static inline bool sim_settle(struct sim_core* core, enum sim_kind kind, uint64_t address, uint32_t bytes,
                              uint64_t now) {
  const struct sim_filter* const filter = sim_filter_of(core, kind);
  const uint64_t end = address + bytes - 1;
  const uint64_t line = address >> core->line_bits;
  const uint64_t more_lines = (end >> core->line_bits) - line;
  uint64_t* const time = sim_filter_find(filter, line);
  uint64_t* const last_time = more_lines == 0 ? time : sim_filter_find(filter, line + more_lines);
  if (!time || !last_time || more_lines > 1) return false;
  if (kind != SIM_FETCH && core->tlb.small.sets > 0) {
    const uint64_t page = address >> SIM_SMALL_PAGE_BITS;
    const uint64_t more_pages = (end >> SIM_SMALL_PAGE_BITS) - page;
    uint64_t* const page_time = sim_filter_find(&core->tlb.pages, page);
    uint64_t* const last_page_time = more_pages == 0 ? page_time : sim_filter_find(&core->tlb.pages, page + more_pages);
    if (!page_time || !last_page_time) return false;
    *page_time = now;
    *last_page_time = now + more_pages * SIM_TICK_OF_LINE;
  }
  *time = now;
  *last_time = now + more_lines * SIM_TICK_OF_LINE;
  return true;
}

/* Whether the page of an access is one that the filter knows, or none is asked for. */
static inline bool sim_settle_page(struct sim_core* core, enum sim_kind kind, uint64_t address, uint64_t now) {
  if (kind == SIM_FETCH || core->tlb.small.sets == 0) return true;
  uint64_t* const time = sim_filter_find(&core->tlb.pages, address >> SIM_SMALL_PAGE_BITS);
  if (time) *time = now;
  return time != 0;
}

/* What sim_settle did not. Most such accesses are by the only core of a plain machine, to one line, or to two that
   count as one, of a page that is known: they need not go through sim_access. */
static inline struct sim_outcome sim_access_unsettled(struct sim_core* core, enum sim_kind kind, uint64_t address,
                                                      uint32_t bytes, uint64_t pc, uint64_t now) {
  const struct sim_hierarchy* const hierarchy = core->hierarchy;
  const uint64_t line = address >> core->line_bits;
  const uint64_t last = (address + bytes - 1) >> core->line_bits;
  struct sim_outcome outcome = {0, SIM_FIRST_TLB};
  if (hierarchy->plain != core) return sim_access(core, kind, address, bytes, pc, now);
  if (line == last && sim_settle_page(core, kind, address, now)) {
    outcome.served_by = sim_refer_plain(core, kind, line, now);
    return outcome;
  }
  if (last != line + 1 || core->tlb.small.sets > 0 || !hierarchy->machine.straddle_as_one)
    return sim_access(core, kind, address, bytes, pc, now);
  outcome.served_by = sim_refer_pair_as_one(core, kind, line, now);
  return outcome;
}

/* Both. For what the tool keeps until a piece of code ends, and for the tests. */
static inline struct sim_outcome sim_access_at(struct sim_core* core, enum sim_kind kind, uint64_t address,
                                               uint32_t bytes, uint64_t pc, uint64_t now) {
  const struct sim_outcome hit = {0, SIM_FIRST_TLB};
  if (sim_settle(core, kind, address, bytes, now)) return hit;
  return sim_access_unsettled(core, kind, address, bytes, pc, now);
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
