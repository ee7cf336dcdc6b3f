#include "simulator/model/branches.h"

#include "simulator/model/counter.h"

const char* sim_branch_fault(const struct sim_branch_geometry* geometry) {
  if (geometry->conditional == SIM_GSHARE) {
    if (geometry->table_bits < 1 || geometry->table_bits > SIM_MAX_TABLE_BITS)
      return "a table of counters is found by 1 to 20 bits";
    if (geometry->history_bits > geometry->table_bits) return "history has at most as many bits as the table";
  }
  if (geometry->target_bits < 1 || geometry->target_bits > SIM_MAX_TABLE_BITS)
    return "a table of targets is found by 1 to 20 bits";
  if (geometry->returns > SIM_MAX_RETURNS) return "a return stack holds at most 64 addresses";
  if (geometry->address_zeros > 4) return "an instruction is aligned to at most 16 bytes";
  return 0;
}

#define WEAKLY_NOT_TAKEN 2

static void create_transitions(uint8_t* next) {
  for (uint32_t i = 0; i < SIM_COUNTER_BYTES; ++i) {
    const bool taken = i % 2 == 1;
    uint8_t counter = (uint8_t)(i / 2 % 4);
    const bool wrong = (counter >= 2) != taken;
    sim_count_towards(&counter, taken, 3);
    next[i] = (uint8_t)(counter * 2 + (wrong ? SIM_WRONG : 0));
  }
}

void sim_branches_create(struct sim_branches* branches, const struct sim_branch_geometry* geometry,
                         const struct sim_memory* memory) {
  *branches = (struct sim_branches){.geometry = *geometry};
  struct sim_branch_geometry* const own = &branches->geometry;
  if (own->conditional == SIM_CACHEGRIND) own->table_bits = SIM_CACHEGRIND_HISTORY + SIM_CACHEGRIND_ADDRESS;
  if (own->conditional == SIM_TAGE) {
    branches->tage = memory->allocate(memory->context, sizeof *branches->tage);
    sim_tage_reset(branches->tage);
  } else {
    const size_t size = (size_t)1 << own->table_bits;
    branches->counters = memory->allocate(memory->context, size);
    for (size_t i = 0; own->conditional == SIM_GSHARE && i < size; ++i) branches->counters[i] = WEAKLY_NOT_TAKEN;
    create_transitions(branches->next_counter);
  }
  branches->targets = memory->allocate(memory->context, sizeof(uint64_t) << own->target_bits);
}

void sim_branches_destroy(struct sim_branches* branches, const struct sim_memory* memory) {
  if (branches->tage) memory->release(memory->context, branches->tage);
  if (branches->counters) memory->release(memory->context, branches->counters);
  memory->release(memory->context, branches->targets);
}

bool sim_conditional_missed(struct sim_branches* branches, uint64_t pc, bool taken) {
  if (!branches->tage) return sim_counter_missed(branches, pc, taken);
  const struct sim_tage_branch branch = sim_tage_branch_at(pc >> branches->geometry.address_zeros);
  return sim_tage_missed(branches->tage, &branch, taken);
}

bool sim_indirect_missed(struct sim_branches* branches, uint64_t pc, uint64_t target) {
  const struct sim_branch_geometry* const geometry = &branches->geometry;
  uint64_t index = pc >> geometry->address_zeros;
  if (geometry->indirect == SIM_TARGET_HISTORY) index ^= branches->target_history;
  uint64_t* const entry = &branches->targets[sim_low_bits(index, geometry->target_bits)];
  const bool missed = *entry != target;
  *entry = target;
  /* Four bits of each target, folded from all over it: targets are aligned, and their low bits alike. */
  const uint64_t sign = (target >> geometry->address_zeros) * UINT64_C(0x9e3779b97f4a7c15) >> 60;
  branches->target_history = sim_low_bits(branches->target_history << 4 ^ sign, geometry->target_bits);
  return missed;
}

void sim_called(struct sim_branches* branches, uint64_t return_address) {
  const uint32_t size = branches->geometry.returns;
  if (size == 0) return;
  branches->returns[branches->return_top] = return_address;
  branches->return_top = (branches->return_top + 1) % size;
  if (branches->return_depth < size) ++branches->return_depth;
}

bool sim_return_missed(struct sim_branches* branches, uint64_t target) {
  const uint32_t size = branches->geometry.returns;
  if (size == 0) return false;
  if (branches->return_depth == 0) return true;
  branches->return_top = (branches->return_top + size - 1) % size;
  --branches->return_depth;
  return branches->returns[branches->return_top] != target;
}
