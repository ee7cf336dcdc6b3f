#pragma once

#include "simulator/model/stream.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SIM_PERIOD_COUNTERS 128

/* What a period of a stream adds to all that is counted: once it is known, it can be added again without a simulation.
   Between its beginning and its end the numbers here are those of the beginning. What accesses add is asked apart from
   what branches do, which may settle later. */
struct sim_period {
  struct sim_stream* stream;
  uint64_t* counters[SIM_PERIOD_COUNTERS]; /* of the model */
  uint32_t counter_count;
  uint64_t numbers[SIM_PERIOD_COUNTERS];
  uint64_t* runs; /* of each segment */
  uint64_t segments;
  uint64_t room; /* for the runs of so many */
  uint64_t accesses;
  uint64_t conditional_misses;
  uint64_t indirect_misses;
};

void sim_period_create(struct sim_period* period, struct sim_stream* stream);
void sim_period_destroy(struct sim_period* period);

void sim_period_begin(struct sim_period* period);
void sim_period_end(struct sim_period* period);
/* After its end. */
void sim_period_add(const struct sim_period* period, uint64_t times);

void sim_period_begin_branches(struct sim_period* period);
void sim_period_end_branches(struct sim_period* period);
void sim_period_add_branches(const struct sim_period* period, uint64_t times);

#ifdef __cplusplus
}
#endif
