#pragma once

#include "simulator/model/history.h"
#include "simulator/model/period.h"
#include "simulator/model/snapshot.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Programs do the same again: the iterations of a solver make the same accesses in the same order. Where a stream
   repeats itself, and caches, TLBs and branch predictors are after a period as they were before it, one more period
   adds to every count what the last one added, and leaves them as they are. So its words are only compared with those
   of the period before, which is many times faster than to simulate them; nothing is guessed or rounded. At the first
   word that differs, what was compared of its period is simulated after all.

   A period is found by some of its words: every now and then a place of the stream is marked, and what follows is
   searched for the words there. Then it has to repeat itself once more before the caches are compared. Predictors may
   take more periods than caches to settle: until then they are taught, while accesses are skipped. */

#define SIM_REPEATS_MARKS 1024 /* as many as remain in the history; a power of two */

enum sim_repeats_state { SIM_SEARCHING, SIM_COMPARING, SIM_SKIPPING };

struct sim_repeats {
  struct sim_stream* stream;
  struct sim_snapshot snapshot;
  struct sim_period period;
  struct sim_history history;
  enum sim_repeats_state state;
  /* Searching: */
  struct {
    uint64_t word;
    uint64_t next;            /* word */
    uint64_t place;           /* UINT64_MAX: none */
  } marks[SIM_REPEATS_MARKS]; /* found by their words */
  uint64_t marked;            /* the place of the last */
  uint64_t searched;          /* up to here */
  /* Comparing and skipping: */
  uint64_t length;   /* of a period, in words */
  uint64_t compared; /* of this period */
  uint64_t equal;    /* words, since the period was found */
  uint32_t attempts;
  bool has_snapshot;
  uint32_t periods;         /* since it was taken */
  uint32_t waited_for;      /* so many, until another is taken */
  uint64_t skipped_periods; /* that are not counted yet */
  /* Skipping, and still teaching: */
  bool teaching;
  uint64_t taught; /* words, since predictors were taken for the snapshot; 0: that was at the last period's start */
  uint64_t known_periods; /* skipped and not counted yet, of which mispredictions are known */

  uint64_t idle;              /* words that were simulated since a period was last skipped */
  uint64_t repeated_accesses; /* that were not simulated, as of the last sim_repeats_settle */
};

/* `history`: `size` zeros, a power of two, that stay the caller's. sim_snapshot_is_possible must hold. */
void sim_repeats_create(struct sim_repeats* repeats, struct sim_stream* stream, uint64_t* history, uint64_t size);
void sim_repeats_destroy(struct sim_repeats* repeats);

/* The next words of the stream. The counts are right after sim_repeats_settle. Until then, who takes the stream's runs
   is the same. */
void sim_repeats_take(struct sim_repeats* repeats, const uint64_t* words, uint64_t count);

/* The model knows of every word when this returns, and others may change it or its counts. */
void sim_repeats_settle(struct sim_repeats* repeats);

/* Whether it is worth to go on: false where much came and nothing was repeated for long. */
bool sim_repeats_is_promising(const struct sim_repeats* repeats);

#ifdef __cplusplus
}
#endif
