#pragma once

#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Eight words of sixteen bits, worked on together: a vector of the compilers, a register on amd64 and arm64. */
typedef uint16_t sim_lanes __attribute__((vector_size(16)));

static inline sim_lanes sim_lanes_all(uint16_t word) {
  return (sim_lanes){word, word, word, word, word, word, word, word};
}

static inline sim_lanes sim_lanes_load(const uint16_t* words) {
  sim_lanes lanes;
  __builtin_memcpy(&lanes, words, sizeof lanes);
  return lanes;
}

static inline void sim_lanes_store(uint16_t* words, sim_lanes lanes) {
  __builtin_memcpy(words, &lanes, sizeof lanes);
}

/* Bit i is set where the lanes i are equal. */
static inline uint32_t sim_lanes_equal(sim_lanes one, sim_lanes other) {
#ifdef __SSE2__
  const __m128i equal = _mm_cmpeq_epi16((__m128i)one, (__m128i)other);
  return (uint32_t)_mm_movemask_epi8(_mm_packs_epi16(equal, _mm_setzero_si128()));
#else
  uint32_t result = 0;
  for (uint32_t lane = 0; lane < 8; ++lane) result |= (uint32_t)(one[lane] == other[lane]) << lane;
  return result;
#endif
}

/* All ones where a lane's upper bit is set, else 0. */
static inline sim_lanes sim_lanes_spread_upper_bit(sim_lanes lanes) {
  typedef int16_t signed_lanes __attribute__((vector_size(16)));
  return (sim_lanes)((signed_lanes)lanes >> 15);
}
