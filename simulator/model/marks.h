#pragma once

#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* A mark stands for a line where the lines of a set are looked at sixteen at a time: seven bits of a hash of it, in a
   byte whose upper bit is set. */
#define SIM_MARKS_AT_ONCE 16

static inline uint32_t sim_mark(uint64_t line) {
  return (uint32_t)(line * UINT64_C(0x9e3779b97f4a7c15) >> 57) | 0x80; /* the golden ratio: Knuth, TAOCP 3, 6.4 */
}

/* Eight marks in a word: bit i is set where that of place i is the one. The carry of the sum stays within each byte;
   the product gathers the upper bits of the bytes in the upper byte (Warren, Hacker's Delight, 6-1). */
static inline uint32_t sim_eight_marks_match(uint64_t marks, uint64_t mark) {
  const uint64_t each = UINT64_C(0x0101010101010101);
  const uint64_t low = each * 0x7f;
  const uint64_t difference = marks ^ each * mark;
  const uint64_t equal = ~(((difference & low) + low) | difference | low);
  return (uint32_t)((equal >> 7) * UINT64_C(0x0102040810204080) >> 56);
}

static inline uint32_t sim_marks_match_portably(const uint64_t* marks, uint32_t mark) {
  return sim_eight_marks_match(marks[0], mark) | sim_eight_marks_match(marks[1], mark) << 8;
}

/* Which of the sixteen marks from `marks` on are this one: bit i is set where that of place i is. */
static inline uint32_t sim_marks_match(const uint64_t* marks, uint32_t mark) {
#ifdef __SSE2__
  const void* const anywhere = marks; /* not aligned to sixteen bytes */
  const __m128i sixteen = _mm_loadu_si128((const __m128i*)anywhere);
  const __m128i four = _mm_cvtsi32_si128((int)(mark * 0x01010101u)); /* _mm_set1_epi8 would go through memory */
  return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(sixteen, _mm_shuffle_epi32(four, 0)));
#else
  return sim_marks_match_portably(marks, mark);
#endif
}
