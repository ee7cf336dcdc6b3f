#pragma once

#include <stdint.h>

/* What the translated code looks into before it calls the model: lines of which one more use changes nothing but the
   time of their last use. A hit is then: compare a word, store the time through a pointer. No order of LRU is lost, for
   the time goes straight to the way, so that any line of the first level may be in a filter, not only the last used one
   of its set.

   A slot is chosen by the low bits of the number, far more of them than a set is, and those above folded onto them: rows
   of a power of two bytes put their neighbours into one set of the cache, and arrays of a power of two bytes those of
   the same index into one slot if it were not for the fold; a loop over three such arrays found nothing in a filter that
   had none, and called the model for each element. Two arrays of words and not one of pairs, because
   translated code can scale an index by eight and not by sixteen. */
#define SIM_FILTER_BITS 12
#define SIM_FILTER_SLOTS (1u << SIM_FILTER_BITS)

struct sim_filter {
  uint64_t numbers[SIM_FILTER_SLOTS]; /* of the line, or of the 4 KiB page; UINT64_MAX in a slot that holds none */
  uint64_t* times[SIM_FILTER_SLOTS];  /* never null: a slot that never held one points to `unused` */
  uint64_t unused;
};

static inline uint64_t sim_filter_slot(uint64_t number) {
  return (number ^ number >> SIM_FILTER_BITS) & (SIM_FILTER_SLOTS - 1);
}

/* Where the time of the last use of a line or page is kept, or null if the filter does not know it. */
static inline uint64_t* sim_filter_find(const struct sim_filter* filter, uint64_t number) {
  const uint64_t slot = sim_filter_slot(number);
  return filter->numbers[slot] == number ? filter->times[slot] : 0; /* NOLINT(modernize-use-nullptr): also C */
}

static inline void sim_filter_add(struct sim_filter* filter, uint64_t number, uint64_t* time) {
  const uint64_t slot = sim_filter_slot(number);
  filter->numbers[slot] = number;
  filter->times[slot] = time;
}

static inline void sim_filter_clear(struct sim_filter* filter) {
  for (uint32_t slot = 0; slot < SIM_FILTER_SLOTS; ++slot) {
    filter->numbers[slot] = UINT64_MAX;
    filter->times[slot] = &filter->unused;
  }
}
