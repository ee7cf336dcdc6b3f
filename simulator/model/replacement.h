#pragma once

#include <stdint.h>

static inline uint64_t sim_least(uint64_t a, uint64_t b) {
  return a < b ? a : b;
}

/* The least of four times, with its place from `place` on in the lowest three bits; without a branch, for which is the
   oldest cannot be guessed. */
static inline uint64_t sim_least_of_four(const uint64_t* times, uint64_t place) {
  const uint64_t left = sim_least(times[0] * 8 + place, times[1] * 8 + place + 1);
  const uint64_t right = sim_least(times[2] * 8 + place + 2, times[3] * 8 + place + 3);
  return sim_least(left, right);
}

/* The way that leaves a full set, from the times of its ways' last uses, less than 2^61. Of equal ones, those of ways
   never used, it is the lowest. */
static inline uint32_t sim_least_recent(const uint64_t* times, uint32_t ways) {
  if (ways == 8) { /* most first levels */
    return (uint32_t)sim_least(sim_least_of_four(times, 0), sim_least_of_four(times + 4, 4)) % 8;
  }
  uint64_t oldest = 0;
  uint64_t oldest_time = UINT64_MAX;
  uint64_t way = 0;
  for (; way + 4 <= ways; way += 4) {
    const uint64_t of_four = sim_least_of_four(times + way, 0);
    oldest = of_four / 8 < oldest_time ? way + of_four % 8 : oldest;
    oldest_time = sim_least(of_four / 8, oldest_time);
  }
  for (; way < ways; ++way) {
    oldest = times[way] < oldest_time ? way : oldest;
    oldest_time = sim_least(times[way], oldest_time);
  }
  return (uint32_t)oldest;
}

/* The same by the tree of halves. */
uint32_t sim_tree_victim(const uint64_t* times, uint32_t ways);

/* The next of the minimal standard generator's numbers, from 1 to 2^31 - 2. */
uint32_t sim_next_random(uint32_t* state);
