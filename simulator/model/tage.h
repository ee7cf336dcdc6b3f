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
#define SIM_TAGE_HISTORY 256 /* bits kept, over the longest length */
/* Each table with the length of its history. */
#define SIM_TAGE_EACH(what) what(0, 5), what(1, 11), what(2, 24), what(3, 53), what(4, 115), what(5, 250)
#define SIM_TAGE_AGEING 262144 /* branches between two halvings of usefulness */

/* A word for each table; what is over its number stays unused, for a vector register has room for eight. */
#define SIM_TAGE_LANES 8

struct sim_tage {
  uint8_t base[1 << SIM_TAGE_BASE_BITS]; /* 0 to 3 */
  /* Of each table's entries, the tag apart from the rest: all tables are searched at once. */
  uint16_t tags[SIM_TAGE_TABLES][1 << SIM_TAGE_INDEX_BITS];
  uint8_t states[SIM_TAGE_TABLES][1 << SIM_TAGE_INDEX_BITS]; /* a counter, 0 to 7, and above it usefulness, 0 to 3 */
  /* The last outcomes of each table's length folded to a few bits: cyclic registers, exclusive or of the history in
     pieces of so many bits. The pieces of one bit less than a tag are those of an index. */
  uint16_t index_folds[SIM_TAGE_LANES];
  uint16_t tag_folds[SIM_TAGE_LANES];
  /* Outcomes on their way out of the folds, sixteen of them for each table: the upper bit is the next to leave. */
  uint16_t leaving[SIM_TAGE_LANES];
  uint64_t history[SIM_TAGE_HISTORY / 64]; /* the newest outcome in the lowest bit of the first word */
  uint32_t branches;                       /* since the last ageing */
  uint8_t trust_new; /* 0 to 15; below 8 the second longest match speaks for an entry that is new and unsure */
};

/* What the tables need of a branch's address. */
struct sim_tage_branch {
  uint16_t index[SIM_TAGE_LANES];
  uint16_t tag[SIM_TAGE_LANES];
  uint32_t base;
};

void sim_tage_reset(struct sim_tage* tage);
struct sim_tage_branch sim_tage_branch_at(uint64_t address);
bool sim_tage_missed(struct sim_tage* tage, const struct sim_tage_branch* branch, bool taken);

#ifdef __cplusplus
}
#endif
