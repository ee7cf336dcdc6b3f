#pragma once

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A TAGE predictor after A. Seznec and P. Michaud, "A case for (partially) TAgged GEometric history length branch
   prediction", Journal of Instruction-Level Parallelism 8, 2006: a table of two-bit counters, and tagged tables found
   by ever longer histories; the longest history that knows the branch predicts. Deterministic: where the paper draws
   lots for the table of a new entry, the shortest history that has room takes it.

   It stands for the predictors of today, whose details are not published; it is none of them. */
#define SIM_TAGE_TABLES 6
#define SIM_TAGE_INDEX_BITS 10
#define SIM_TAGE_TAG_BITS 11
#define SIM_TAGE_BASE_BITS 13
#define SIM_TAGE_HISTORY 256 /* bits kept, a power of two, over the longest length */
#define SIM_TAGE_LENGTHS \
  { 5, 11, 24, 53, 115, 250 }
#define SIM_TAGE_AGEING 262144 /* branches between two halvings of usefulness */

struct sim_tage_entry {
  uint16_t tag;
  uint8_t counter; /* 0 to 7; 4 and above: taken */
  uint8_t useful;  /* 0 to 3 */
};

/* The last `length` outcomes folded to a few bits: a cyclic register, exclusive or of the history in pieces. */
struct sim_tage_fold {
  uint32_t value;
  uint32_t bits;
  uint32_t length;
};

struct sim_tage {
  uint8_t base[1 << SIM_TAGE_BASE_BITS]; /* 0 to 3 */
  struct sim_tage_entry tables[SIM_TAGE_TABLES][1 << SIM_TAGE_INDEX_BITS];
  struct sim_tage_fold index_folds[SIM_TAGE_TABLES];
  struct sim_tage_fold tag_folds[SIM_TAGE_TABLES];
  struct sim_tage_fold second_tag_folds[SIM_TAGE_TABLES];
  uint8_t history[SIM_TAGE_HISTORY]; /* a ring; the newest outcome at `newest` */
  uint32_t newest;
  uint32_t branches; /* since the last ageing */
  uint8_t trust_new; /* 0 to 15; below 8 the second longest match speaks for an entry that is new and unsure */
};

void sim_tage_reset(struct sim_tage* tage);
bool sim_tage_missed(struct sim_tage* tage, uint64_t address, bool taken);

#ifdef __cplusplus
}
#endif
