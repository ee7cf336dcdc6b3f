#include <gtest/gtest.h>

#include "model.hpp"

namespace countercheck {
namespace {

constexpr std::uint64_t line = 64;

sim_machine prefetching(sim_prefetch_kind kind, std::uint32_t degree, int level = 0) {
  sim_machine machine = add_level(one_level({64, 8, SIM_LRU}), {1024, 8, SIM_LRU});
  machine.levels[level].prefetch = kind;
  machine.levels[level].degree = degree;
  return machine;
}

TEST(Prefetcher, NextLineLeavesOneMissToAPageOfAStream) {
  for (const std::uint32_t degree : {1u, 2u, 8u}) {
    Model model(prefetching(SIM_NEXT_LINE, degree));
    for (std::uint64_t i = 0; i < 51200; ++i) model.load(i * 8);
    EXPECT_EQ(model.misses(0), 100u);
    EXPECT_EQ(model.counts(0).prefetches, 6300u);
    EXPECT_EQ(model.counts(0).useful_prefetches, 6300u);
    EXPECT_EQ(model.counts(0).useless_prefetches, 0u);
    EXPECT_EQ(model.hierarchy().memory_reads, 6400u);
  }
}

TEST(Prefetcher, NextLineBelowTheFirstLevelSeesOnlyItsMisses) {
  Model model(prefetching(SIM_NEXT_LINE, 1, 1));
  for (std::uint64_t i = 0; i < 6400; ++i) model.load(i * line);
  EXPECT_EQ(model.misses(0), 6400u);
  EXPECT_EQ(model.misses(1), 100u);
  EXPECT_EQ(model.counts(1).useful_prefetches, 6300u);
}

TEST(Prefetcher, LinesNobodyAsksForAreUselessOnceTheyLeave) {
  Model model(prefetching(SIM_NEXT_LINE, 1));
  for (std::uint64_t i = 0; i < 5000; ++i) model.load(i * 3 * line);
  const sim_cache_counts& counts = model.counts(0);
  EXPECT_EQ(counts.useful_prefetches, 0u);
  EXPECT_EQ(model.misses(0), 5000u);
  /* Lines 0, 3, 6, …: every third page's last line is among them, and has no next one. */
  EXPECT_EQ(counts.prefetches, 5000u - 78);
  EXPECT_GT(counts.useless_prefetches, counts.prefetches - 512);
}

// Four lines to see a stride three times; then a miss only where a page begins.
TEST(Prefetcher, AStrideIsLearntAfterItCameThreeTimes) {
  Model model(prefetching(SIM_STRIDE, 1));
  const std::uint64_t accesses = 1000;
  for (std::uint64_t i = 0; i < accesses; ++i) model.load(i * 5 * line, 8, 77);
  const std::uint64_t pages_after_the_first = (accesses - 1) * 5 / 64;
  EXPECT_EQ(model.misses(0), 4 + pages_after_the_first);
  EXPECT_EQ(model.counts(0).useful_prefetches, accesses - model.misses(0));
}

TEST(Prefetcher, AStrideMayGoBackwards) {
  Model model(prefetching(SIM_STRIDE, 2));
  for (std::uint64_t i = 0; i < 64; ++i) model.load((63 - i) * line, 8, 77);
  EXPECT_EQ(model.misses(0), 4u);
}

TEST(Prefetcher, EachInstructionHasAStrideOfItsOwn) {
  Model model(prefetching(SIM_STRIDE, 1));
  for (std::uint64_t i = 0; i < 21; ++i) {
    model.load(i * 3 * line, 8, 1);
    model.load((1 << 20) + i * 2 * line, 8, 2);
  }
  EXPECT_EQ(model.misses(0), 8u);
}

TEST(Prefetcher, NothingIsPrefetchedUnlessAsked) {
  Model model(add_level(one_level(), {1024, 8, SIM_LRU}));
  for (std::uint64_t i = 0; i < 1000; ++i) model.load(i * line);
  EXPECT_EQ(model.misses(0), 1000u);
  EXPECT_EQ(model.counts(0).prefetches, 0u);
}

}  // namespace
}  // namespace countercheck
