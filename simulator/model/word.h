#pragma once

#include "simulator/model/hierarchy.h"

/* An access as a word: its address, shifted to make room for what is known of it before it is made: its kind, its last
   byte counted from the first, and whether the line of code that was fetched last is fetched again after it
   (sim_stream_replay). */

#define SIM_WORD_SHIFT 16
#define SIM_WORD_KIND 3U
#define SIM_WORD_AGAIN 4U
#define SIM_WORD_LAST_SHIFT 3
#define SIM_WORD_BYTES (1U << (SIM_WORD_SHIFT - SIM_WORD_LAST_SHIFT)) /* at most */

#ifdef __cplusplus
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"
#endif

/* Of an access to address 0; the address is added, shifted. */
static inline uint64_t sim_word_of(enum sim_kind kind, bool again, uint32_t bytes) {
  return (uint64_t)kind | (again ? SIM_WORD_AGAIN : 0) | (uint64_t)(bytes - 1) << SIM_WORD_LAST_SHIFT;
}

static inline enum sim_kind sim_word_kind(uint64_t word) {
  return (enum sim_kind)(word & SIM_WORD_KIND);
}

static inline uint64_t sim_word_address(uint64_t word) {
  return word >> SIM_WORD_SHIFT;
}

static inline uint32_t sim_word_last(uint64_t word) {
  return (uint32_t)(word & ((1U << SIM_WORD_SHIFT) - 1)) >> SIM_WORD_LAST_SHIFT;
}

#ifdef __cplusplus
#pragma GCC diagnostic pop
#endif
