#include "simulator/model/machine.h"

static bool possible(struct sim_geometry geometry) {
  return geometry.sets > 0 && geometry.ways > 0 && geometry.ways <= 65536;
}

static const char* level_fault(const struct sim_machine* machine, uint32_t index) {
  const struct sim_level* const level = &machine->levels[index];
  const struct sim_level* const above = index > 0 ? level - 1 : 0;
  if (!possible(level->data) || (level->split && !possible(level->code))) return "a cache needs sets and ways";
  if (!above && level->inclusion != SIM_NON_INCLUSIVE) return "the first level has nothing above it to include";
  if (!above && level->shared && machine->cores > 1) return "cores cannot share the first level";
  if (above && level->split && !above->split) return "a split level cannot lie below a unified one";
  if (above && !level->shared && above->shared && machine->cores > 1)
    return "a private level cannot lie below a shared one";
  if (level->prefetch != SIM_NO_PREFETCH && (level->degree < 1 || level->degree > SIM_MAX_DEGREE))
    return "a prefetcher brings 1 to 8 lines";
  if (machine->straddle_as_one && (level->inclusion != SIM_NON_INCLUSIVE || level->prefetch != SIM_NO_PREFETCH))
    return "accesses over two lines count once only where levels are non-inclusive and nothing is prefetched";
  return 0;
}

const char* sim_machine_fault(const struct sim_machine* machine) {
  if (machine->line_bytes < 8 || machine->line_bytes > 4096 || (machine->line_bytes & (machine->line_bytes - 1)) != 0)
    return "a line has 8 to 4096 bytes, a power of two";
  if (machine->cores < 1 || machine->cores > SIM_MAX_CORES) return "a machine has 1 to 256 cores";
  if (machine->level_count < 1 || machine->level_count > SIM_MAX_LEVELS) return "a machine has 1 to 4 levels of cache";
  if (machine->cores > 1 && !machine->writes_back) return "several cores need caches that write back";
  if (machine->straddle_as_one && machine->writes_back)
    return "accesses over two lines count once only where nothing is written back";
  for (uint32_t index = 0; index < machine->level_count; ++index) {
    const char* const fault = level_fault(machine, index);
    if (fault) return fault;
  }
  const struct sim_tlb_geometry* const tlb = &machine->tlb;
  if (tlb->small.ways == 0 && (tlb->huge.ways > 0 || tlb->second.ways > 0)) return "a TLB needs a part for small pages";
  if ((tlb->small.ways > 0 && !possible(tlb->small)) || (tlb->huge.ways > 0 && !possible(tlb->huge)) ||
      (tlb->second.ways > 0 && !possible(tlb->second)))
    return "a TLB needs sets and ways";
  return 0;
}
