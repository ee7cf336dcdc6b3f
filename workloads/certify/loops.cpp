#include "workloads/certify/loops.hpp"

#include "workloads/region.h"

namespace countercheck::certify {

// Eight instructions an item, the last one a branch that is always taken but for once. The nop between the decrement
// and the branch keeps Intel and AMD from fusing the two.
void plain_loop(const Work& work) {
  std::uint64_t left = work.items;
  countercheck_region_begin();
#if defined(__x86_64__)
  __asm__ volatile(
      "1:\n\t"
      "nop\n\tnop\n\tnop\n\tnop\n\tnop\n\t"
      "decq %0\n\t"
      "nop\n\t"
      "jnz 1b"
      : "+r"(left)
      :
      : "cc");
#elif defined(__aarch64__)
  __asm__ volatile(
      "1:\n\t"
      "nop\n\tnop\n\tnop\n\tnop\n\tnop\n\t"
      "subs %0, %0, #1\n\t"
      "nop\n\t"
      "b.ne 1b"
      : "+r"(left)
      :
      : "cc");
#endif
  countercheck_region_end(work.items);
}

// A chain in which each addition waits for the one before: one cycle each on every core of today. Both operands are
// registers, because Golden Cove adds small constants while it renames, several in a cycle.
void dependent_adds(const Work& work) {
  constexpr std::uint64_t kInLoop = 64;
  std::uint64_t left = work.items / kInLoop;
  std::uint64_t sum = 1;
  std::uint64_t step = 3;
#define COUNTERCHECK_FOUR(one) one one one one
  countercheck_region_begin();
#if defined(__x86_64__)
  __asm__ volatile(
      "1:\n\t" COUNTERCHECK_FOUR(COUNTERCHECK_FOUR(COUNTERCHECK_FOUR("addq %2, %1\n\t"))) "decq %0\n\t"
                                                                                          "jnz 1b"
      : "+r"(left), "+r"(sum)
      : "r"(step)
      : "cc");
#elif defined(__aarch64__)
  __asm__ volatile(
      "1:\n\t" COUNTERCHECK_FOUR(COUNTERCHECK_FOUR(COUNTERCHECK_FOUR("add %1, %1, %2\n\t"))) "subs %0, %0, #1\n\t"
                                                                                             "b.ne 1b"
      : "+r"(left), "+r"(sum)
      : "r"(step)
      : "cc");
#endif
  countercheck_region_end(work.items);
#undef COUNTERCHECK_FOUR
}

// Two branches an item: one that a random bit takes or not, and the loop's own. No predictor knows a fair bit more
// often than every second time, whatever it does: over a million items half of them are wrong to within 0.3 %, six
// standard deviations. The bits are those of Marsaglia's xorshift64 (Journal of Statistical Software 8(14), 2003).
void random_branches(const Work& work) {
  std::uint64_t left = work.items;
  std::uint64_t bits = 0x9e3779b97f4a7c15;
  std::uint64_t taken = 0;
  std::uint64_t shifted = 0;
  countercheck_region_begin();
#if defined(__x86_64__)
  __asm__ volatile(
      "1:\n\t"
      "movq %1, %3\n\tshlq $13, %3\n\txorq %3, %1\n\t"
      "movq %1, %3\n\tshrq $7, %3\n\txorq %3, %1\n\t"
      "movq %1, %3\n\tshlq $17, %3\n\txorq %3, %1\n\t"
      "testq %1, %1\n\t"
      "js 2f\n\t"
      "addq $1, %2\n"
      "2:\n\t"
      "decq %0\n\t"
      "jnz 1b"
      : "+r"(left), "+r"(bits), "+r"(taken), "+r"(shifted)
      :
      : "cc");
#elif defined(__aarch64__)
  __asm__ volatile(
      "1:\n\t"
      "eor %1, %1, %1, lsl #13\n\t"
      "eor %1, %1, %1, lsr #7\n\t"
      "eor %1, %1, %1, lsl #17\n\t"
      "tbnz %1, #63, 2f\n\t"
      "add %2, %2, #1\n"
      "2:\n\t"
      "subs %0, %0, #1\n\t"
      "b.ne 1b"
      : "+r"(left), "+r"(bits), "+r"(taken), "+r"(shifted)
      :
      : "cc");
#endif
  countercheck_region_end(work.items);
}

}  // namespace countercheck::certify
