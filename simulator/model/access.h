#pragma once

#include "simulator/model/hierarchy.h"

/* One access in C as the translated code makes it: through the filters, and by way of the model only where they do not
   know all of it. For what the tool keeps until a piece of code ends, and for the tests. `now` is as in sim_access. */

/* Of two lines or pages next to each other, or of one that is both: where the times of their last uses are kept. The
   second is used a little later, as in sim_access. */
struct sim_times {
  uint64_t* first; /* null where the filter does not know it */
  uint64_t* second;
  uint64_t later;
};

static inline struct sim_times sim_find_times(const struct sim_filter* filter, uint64_t first, uint64_t last) {
  uint64_t* const time = sim_filter_find(filter, first);
  const struct sim_times times = {time, last == first ? time : sim_filter_find(filter, last),
                                  (last - first) * SIM_TICK_OF_LINE};
  return times;
}

/* Both, and none in between. */
static inline bool sim_times_known(struct sim_times times) {
  return times.first && times.second && times.later <= SIM_TICK_OF_LINE;
}

static inline void sim_set_times(struct sim_times times, uint64_t now) {
  *times.first = now;
  *times.second = now + times.later;
}

static inline struct sim_outcome sim_access_at(struct sim_core* core, enum sim_kind kind, uint64_t address,
                                               uint32_t bytes, uint64_t pc, uint64_t now) {
  const uint32_t line_bits = core->hierarchy->line_bits;
  const uint64_t last = address + bytes - 1;
  const struct sim_times lines = sim_find_times(sim_filter_of(core, kind), address >> line_bits, last >> line_bits);
  if (sim_times_known(lines)) {
    const struct sim_outcome hit = {0, SIM_FIRST_TLB};
    if (kind == SIM_FETCH || core->tlb.small.sets == 0) {
      sim_set_times(lines, now);
      return hit;
    }
    const struct sim_times pages =
        sim_find_times(&core->tlb.pages, address >> SIM_SMALL_PAGE_BITS, last >> SIM_SMALL_PAGE_BITS);
    if (sim_times_known(pages)) {
      sim_set_times(lines, now);
      sim_set_times(pages, now);
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
