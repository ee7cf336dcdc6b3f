#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "simulator/model/memory.h"
#include "simulator/model/tage.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Who predicts whether a conditional branch is taken.
   SIM_CACHEGRIND: 2^14 two-bit counters, found by 7 bits of history beside 7 bits of address; counters start at 0.
   SIM_GSHARE: 2^table_bits two-bit counters, found by address xor history (S. McFarling, WRL TN-36, 1993); they start
   weakly not taken.
   SIM_TAGE: tage.h. */
enum sim_conditional_kind { SIM_CACHEGRIND, SIM_GSHARE, SIM_TAGE };

/* Who predicts where an indirect jump or call goes. SIM_LAST_TARGET: where it went last. SIM_TARGET_HISTORY: where it
   went last after the same recent targets. */
enum sim_indirect_kind { SIM_LAST_TARGET, SIM_TARGET_HISTORY };

/* Of SIM_CACHEGRIND: bits of history and of address. */
#define SIM_CACHEGRIND_HISTORY 7
#define SIM_CACHEGRIND_ADDRESS 7

#define SIM_MAX_TABLE_BITS 20
#define SIM_MAX_RETURNS 64

struct sim_branch_geometry {
  enum sim_conditional_kind conditional;
  uint32_t table_bits;   /* gshare: 1 to SIM_MAX_TABLE_BITS */
  uint32_t history_bits; /* gshare: 0 to table_bits */
  enum sim_indirect_kind indirect;
  uint32_t target_bits; /* 2^target_bits targets; 9 is Cachegrind's */
  uint32_t returns;     /* of the return stack, to SIM_MAX_RETURNS; 0: returns are not simulated */
  /* Low bits of an instruction's address that are always 0: 0 on x86, 2 on arm64. */
  uint32_t address_zeros;
};

/* A two-bit counter is kept as twice its value, with SIM_WRONG besides where what it said last was wrong. So one look
   teaches it: the next byte is next_counter[byte + taken]. */
#define SIM_WRONG 8
#define SIM_COUNTER_BYTES 16

/* The predictors of one core. Each question also teaches: it comes when the outcome is known. */
struct sim_branches {
  struct sim_branch_geometry geometry;
  uint8_t* counters;
  uint8_t next_counter[SIM_COUNTER_BYTES];
  /* For who asks without a call: SIM_WRONG for each misprediction; 1 for each. */
  uint64_t conditional_wrongs;
  uint64_t indirect_wrongs;
  struct sim_tage* tage; /* null unless asked for */
  uint64_t* targets;
  uint64_t returns[SIM_MAX_RETURNS]; /* a ring: the deepest calls are forgotten first */
  uint64_t history;
  uint64_t target_history;
  uint32_t return_top;
  uint32_t return_depth;
};

/* What is wrong with it, as the end of a sentence, or null. */
const char* sim_branch_fault(const struct sim_branch_geometry* geometry);

void sim_branches_create(struct sim_branches* branches, const struct sim_branch_geometry* geometry,
                         const struct sim_memory* memory);
void sim_branches_destroy(struct sim_branches* branches, const struct sim_memory* memory);

static inline uint64_t sim_low_bits(uint64_t value, uint32_t bits) {
  return value & ((UINT64_C(1) << bits) - 1);
}

/* As much of the history as the counters of conditional branches are found by; not with SIM_TAGE, which has none. */
static inline uint64_t sim_history_asked(const struct sim_branches* branches) {
  const struct sim_branch_geometry* const geometry = &branches->geometry;
  const uint32_t bits = geometry->conditional == SIM_CACHEGRIND ? SIM_CACHEGRIND_HISTORY : geometry->history_bits;
  return sim_low_bits(branches->history, bits);
}

/* What sim_conditional_missed does, but with SIM_TAGE. */
static inline bool sim_counter_missed(struct sim_branches* branches, uint64_t pc, bool taken) {
  const struct sim_branch_geometry* const geometry = &branches->geometry;
  const uint64_t address = pc >> geometry->address_zeros;
  const uint64_t history = sim_history_asked(branches);
  const uint64_t place = geometry->conditional == SIM_CACHEGRIND
                             ? history << SIM_CACHEGRIND_ADDRESS | sim_low_bits(address, SIM_CACHEGRIND_ADDRESS)
                             : sim_low_bits(address ^ history, geometry->table_bits);
  uint8_t* const counter = &branches->counters[place];
  *counter = branches->next_counter[*counter + taken];
  branches->history = branches->history << 1 | taken;
  return (*counter & SIM_WRONG) != 0;
}

/* Each returns whether the prediction was wrong. */
bool sim_conditional_missed(struct sim_branches* branches, uint64_t pc, bool taken);
bool sim_indirect_missed(struct sim_branches* branches, uint64_t pc, uint64_t target);
bool sim_return_missed(struct sim_branches* branches, uint64_t target);
void sim_called(struct sim_branches* branches, uint64_t return_address);

#ifdef __cplusplus
}
#endif
