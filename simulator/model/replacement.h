#pragma once

#include <stdint.h>

/* The way that leaves a full set, from the times of its ways' last uses. */
uint32_t sim_least_recent(const uint64_t* times, uint32_t ways);
uint32_t sim_tree_victim(const uint64_t* times, uint32_t ways);

/* The next of the minimal standard generator's numbers, from 1 to 2^31 - 2. */
uint32_t sim_next_random(uint32_t* state);
