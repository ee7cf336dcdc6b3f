#pragma once

#include <stdbool.h>
#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* A mark stands for a line where the lines of a set are looked at eight at a time: its number, up to 256 GiB of lines
   of 64 bytes. All lines beyond have one mark, and a way without a line another. */
#define SIM_MARKS_AT_ONCE 8
#define SIM_NO_MARK UINT32_MAX
#define SIM_MARK_OF_FAR (UINT32_MAX - 1)

static inline bool sim_is_far(uint64_t line) {
  return line >= SIM_MARK_OF_FAR;
}

static inline uint32_t sim_mark(uint64_t line) {
  return sim_is_far(line) ? SIM_MARK_OF_FAR : (uint32_t)line;
}

static inline uint32_t sim_marks_match_portably(const uint32_t* marks, uint32_t mark) {
  uint32_t matches = 0;
  for (uint32_t place = 0; place < SIM_MARKS_AT_ONCE; ++place) matches |= (uint32_t)(marks[place] == mark) << place;
  return matches;
}

/* Which of the eight marks from `marks` on, aligned to sixteen bytes, are this one: bit i is set where that of place i
   is. */
static inline uint32_t sim_marks_match(const uint32_t* marks, uint32_t mark) {
#ifdef __SSE2__
  const __m128i* const fours = (const __m128i*)(const void*)marks;
  const __m128i wanted = _mm_set1_epi32((int)mark);
  const __m128i first = _mm_cmpeq_epi32(_mm_load_si128(fours), wanted);
  const __m128i second = _mm_cmpeq_epi32(_mm_load_si128(fours + 1), wanted);
  return (uint32_t)_mm_movemask_epi8(_mm_packs_epi16(_mm_packs_epi32(first, second), _mm_setzero_si128()));
#else
  return sim_marks_match_portably(marks, mark);
#endif
}

/* The same of sixteen. */
static inline uint32_t sim_marks_match_16(const uint32_t* marks, uint32_t mark) {
#ifdef __SSE2__
  const __m128i* const fours = (const __m128i*)(const void*)marks;
  const __m128i wanted = _mm_set1_epi32((int)mark);
  const __m128i first = _mm_packs_epi32(_mm_cmpeq_epi32(_mm_load_si128(fours), wanted),
                                        _mm_cmpeq_epi32(_mm_load_si128(fours + 1), wanted));
  const __m128i second = _mm_packs_epi32(_mm_cmpeq_epi32(_mm_load_si128(fours + 2), wanted),
                                         _mm_cmpeq_epi32(_mm_load_si128(fours + 3), wanted));
  return (uint32_t)_mm_movemask_epi8(_mm_packs_epi16(first, second));
#else
  return sim_marks_match(marks, mark) | sim_marks_match(marks + SIM_MARKS_AT_ONCE, mark) << SIM_MARKS_AT_ONCE;
#endif
}
