#include "analysis/median_interval.hpp"

#include <gtest/gtest.h>

namespace countercheck {
namespace {

// M. J. Campbell, M. J. Gardner, Calculating confidence intervals for some non-parametric analyses, BMJ 296 (1988)
// 1454, and the same table in many books: the rank of the lower limit of the median at 95 %.
TEST(MedianInterval, TheRanksAreThoseOfThePublishedTable) {
  const std::size_t table[][2] = {{5, 0},  {6, 1},  {7, 1},  {8, 1},   {9, 2},   {10, 2},  {11, 2},
                                  {12, 3}, {13, 3}, {14, 3}, {15, 4},  {16, 4},  {17, 5},  {18, 5},
                                  {19, 5}, {20, 6}, {25, 8}, {30, 10}, {40, 14}, {50, 18}, {100, 40}};
  for (const auto& [n, rank] : table) EXPECT_EQ(rank_of_interval(n, 0.05), rank) << n;
}

// One toss too few: 2 / 2^n is to be at most the error.
TEST(MedianInterval, TheLeastNumberOfValues) {
  EXPECT_EQ(values_needed(0.05, false), 6U);
  EXPECT_EQ(values_needed(0.05 / 14, false), 10U);
  EXPECT_EQ(values_needed(0.05 / 108, false), 13U);
  EXPECT_EQ(rank_of_interval(12, 0.05 / 108), 0U);
  EXPECT_EQ(rank_of_interval(0, 0.05), 0U);
}

// With a uniform prior the martingale is 2^n / ((n + 1) (n over k)): of 8 equal tosses 256 / 9 = 28.4, the first beyond
// 20; of 20 tosses with 3 on one side 1048576 / (21 * 1140) = 43.8, with 4 of 4845 10.3.
TEST(MedianInterval, TheSequentialRanksAreThoseComputedByHand) {
  EXPECT_EQ(values_needed(0.05, true), 8U);
  EXPECT_EQ(rank_of_sequential_interval(7, 0.05), 0U);
  EXPECT_EQ(rank_of_sequential_interval(20, 0.05), 4U);
  EXPECT_EQ(rank_of_sequential_interval(20, 1 / 43.7), 4U);
  EXPECT_EQ(rank_of_sequential_interval(20, 1 / 43.9), 3U);
}

TEST(MedianInterval, LookingAtEveryRoundCostsWidth) {
  for (std::size_t n = 1; n < 3000; n += 7) {
    EXPECT_LE(rank_of_sequential_interval(n, 0.01), rank_of_interval(n, 0.01));
  }
}

}  // namespace
}  // namespace countercheck
