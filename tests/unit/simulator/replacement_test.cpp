#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <random>
#include <vector>

extern "C" {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"  // a header of C, for the model alone
#include "simulator/model/replacement.h"
#include "simulator/model/set.h"
#pragma GCC diagnostic pop
}

namespace countercheck {
namespace {

TEST(Replacement, LruTakesTheWayUsedLongestAgo) {
  const std::uint64_t times[] = {30, 10, 20, 40, 50};
  EXPECT_EQ(sim_least_recent(times, 5), 1u);
  EXPECT_EQ(sim_least_recent(times + 2, 3), 0u);
  EXPECT_EQ(sim_least_recent(times, 1), 0u);
}

TEST(Replacement, LruTakesTheLowestOfWaysThatWereNeverUsed) {
  std::mt19937_64 engine(1);
  for (int round = 0; round < 20000; ++round) {
    std::vector<std::uint64_t> times(1 + engine() % 20);
    for (std::uint64_t& time : times) time = engine() % 4 == 0 ? 0 : engine() >> 4;
    const auto oldest = std::distance(times.begin(), std::min_element(times.begin(), times.end()));
    ASSERT_EQ(sim_least_recent(times.data(), static_cast<std::uint32_t>(times.size())), oldest);
  }
}

// Eight ways used in order: the tree points to the first. Then the first again: to the other half, its older quarter.
TEST(Replacement, TheTreePointsAwayFromTheLastUse) {
  const std::uint64_t in_order[] = {1, 2, 3, 4, 5, 6, 7, 8};
  EXPECT_EQ(sim_tree_victim(in_order, 8), 0u);
  const std::uint64_t first_again[] = {9, 2, 3, 4, 5, 6, 7, 8};
  EXPECT_EQ(sim_tree_victim(first_again, 8), 4u);
}

// Five ways: three on the left, of which two on the left.
TEST(Replacement, ATreeOfAnOddNumberHasItsLargerHalfFirst) {
  const std::uint64_t times[] = {1, 2, 3, 5, 4};
  EXPECT_EQ(sim_tree_victim(times, 5), 0u);
  const std::uint64_t left_last[] = {6, 2, 3, 5, 4};
  EXPECT_EQ(sim_tree_victim(left_last, 5), 4u);
}

// The same rule from the times of the last uses, and from a bit for each node.
TEST(Replacement, TheBitsOfATreeSayWhatTheTimesSay) {
  std::mt19937 engine(1);
  for (const std::uint32_t ways : {2u, 4u, 8u, 16u, 32u, 64u}) {
    std::vector<std::uint64_t> times(ways);
    std::uint64_t tree = 0;
    for (std::uint64_t now = 1; now < 5000; ++now) {
      const auto way = static_cast<std::uint32_t>(now <= ways ? now - 1 : engine() % ways);
      times[way] = now;
      sim_tree_use(&tree, ways, way);
      if (now < ways) continue;
      ASSERT_EQ(sim_tree_choose(tree, ways), sim_tree_victim(times.data(), ways)) << ways << " ways at " << now;
    }
  }
}

TEST(Replacement, ALineGoesToTheRestOfItsNumberByTheSets) {
  std::mt19937_64 engine(1);
  for (const std::uint32_t sets : {1u, 2u, 3u, 7u, 4096u, 114688u, 4294967295u}) {
    sim_cache cache{};
    cache.sets = sets;
    cache.set_mask = (sets & (sets - 1)) == 0 ? sets - 1 : UINT64_MAX;
    cache.set_part = UINT64_MAX / sets;
    for (const std::uint64_t line : {std::uint64_t{0}, std::uint64_t{sets} - 1, std::uint64_t{sets}, UINT64_MAX})
      ASSERT_EQ(sim_set_of(&cache, line), line % sets) << line << " by " << sets;
    for (int i = 0; i < 10000; ++i) {
      const std::uint64_t line = engine() >> engine() % 60;
      ASSERT_EQ(sim_set_of(&cache, line), line % sets) << line << " by " << sets;
    }
  }
}

TEST(Replacement, RandomNumbersAreThoseOfTheMinimalStandard) {
  std::minstd_rand standard(1);
  std::uint32_t state = 1;
  for (int i = 0; i < 9999; ++i) {
    ASSERT_EQ(sim_next_random(&state), standard());
  }
  EXPECT_EQ(sim_next_random(&state), 399268537u); /* the ten thousandth, as the C++ standard gives it */
}

}  // namespace
}  // namespace countercheck
