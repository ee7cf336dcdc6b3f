#pragma once

#include "simulator/model/plain.h"

/* The two halves of sim_access_at, to become part of who makes many accesses. */

/* Whether the filters know all of an access over two lines, and perhaps two pages; then it is done. */
bool sim_settle_two_lines(struct sim_core* core, enum sim_kind kind, uint64_t address, uint64_t end, uint64_t now);

/* Whether the page of an access is one that the filter knows, or none is asked for. */
static inline bool sim_settle_page(struct sim_core* core, enum sim_kind kind, uint64_t address, uint64_t now) {
  if (kind == SIM_FETCH || core->tlb.small.sets == 0) return true;
  uint64_t* const time = sim_filter_find(&core->tlb.pages, address >> SIM_SMALL_PAGE_BITS);
  if (time) *time = now;
  return time != 0;
}

/* One access in C as the translated code makes it: whether the filters know all of it; then it is done. `now` is as in
   sim_access. */
static inline __attribute__((always_inline)) bool sim_settle(struct sim_core* core, enum sim_kind kind,
                                                             uint64_t address, uint32_t bytes, uint64_t now) {
  const uint64_t end = address + bytes - 1;
  uint64_t* const time = sim_filter_find(sim_filter_of(core, kind), address >> core->line_bits);
  if (!time) return false;
  if ((address ^ end) >> core->line_bits != 0) return sim_settle_two_lines(core, kind, address, end, now);
  if (!sim_settle_page(core, kind, address, now)) return false;
  *time = now;
  return true;
}

/* What sim_settle did not. Most such accesses are by the only core of a plain machine, to one line, or to two that
   count as one, of a page that is known: they need not go through sim_access. */
static inline __attribute__((always_inline)) struct sim_outcome sim_access_unsettled(struct sim_core* core,
                                                                                     enum sim_kind kind,
                                                                                     uint64_t address, uint32_t bytes,
                                                                                     uint64_t pc, uint64_t now) {
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
