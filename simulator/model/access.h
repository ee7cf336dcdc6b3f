#pragma once

#include "simulator/model/hierarchy.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One access as the translated code makes it: looked up in the filters first. `now` is as in sim_access. */
struct sim_outcome sim_access_at(struct sim_core* core, enum sim_kind kind, uint64_t address, uint32_t bytes,
                                 uint64_t pc, uint64_t now);

#ifdef __cplusplus
}
#endif

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
