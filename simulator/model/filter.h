#pragma once

#include <stdint.h>

/* What the translated code looks into before it calls the model: lines of which one more use changes nothing but the
   time of their last use. A hit is then: compare a word, store the time through a pointer. No order of LRU is lost, for
   the time goes straight to the way, so that any line of the first level may be in a filter, not only the last used one
   of its set.

   A slot is chosen by a hash: rows of a power of two bytes put their neighbours into one set of the cache, and would
   put them into one slot. */
struct sim_slot {
  uint64_t number; /* of the line, or of the 4 KiB page */
  uint64_t* time;
};

#define SIM_FILTER_BITS 9
#define SIM_FILTER_SLOTS (1u << SIM_FILTER_BITS)

struct sim_filter {
  struct sim_slot slots[SIM_FILTER_SLOTS];
};

static inline struct sim_slot* sim_filter_slot(struct sim_filter* filter, uint64_t number) {
  return filter->slots + ((number ^ number >> SIM_FILTER_BITS) & (SIM_FILTER_SLOTS - 1));
}

static inline void sim_filter_add(struct sim_filter* filter, uint64_t number, uint64_t* time) {
  struct sim_slot* const slot = sim_filter_slot(filter, number);
  slot->number = number;
  slot->time = time;
}

static inline void sim_filter_drop(struct sim_filter* filter, uint64_t number) {
  struct sim_slot* const slot = sim_filter_slot(filter, number);
  if (slot->number == number) slot->number = UINT64_MAX;
}

static inline void sim_filter_clear(struct sim_filter* filter) {
  for (uint32_t i = 0; i < SIM_FILTER_SLOTS; ++i) filter->slots[i].number = UINT64_MAX;
}
