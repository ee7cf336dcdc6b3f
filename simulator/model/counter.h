#pragma once

#include <stdbool.h>
#include <stdint.h>

/* A counter that stays between 0 and `top` and says taken in its upper half. */
static inline void sim_count_towards(uint8_t* counter, bool up, uint8_t top) {
  if (up && *counter < top) ++*counter;
  if (!up && *counter > 0) --*counter;
}
