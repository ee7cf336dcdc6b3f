#include "analysis/dip.hpp"

#include <gtest/gtest.h>

namespace countercheck {
namespace {

// Evenly spaced values lie on a line: the least dip there is, 1 / 2n.
TEST(Dip, AnEvenSpreadHasTheLeast) {
  EXPECT_DOUBLE_EQ(dip(std::vector<double>{1, 2, 3, 4, 5}), 0.1);
  EXPECT_DOUBLE_EQ(dip(std::vector<double>{7}), 0.5);
}

// Two points of half the weight each: the greatest there is, 1/4. With a quarter on one side, an eighth.
TEST(Dip, TwoHeapsHaveHalfOfTheLesserShare) {
  EXPECT_DOUBLE_EQ(dip(std::vector<double>{0, 0, 0, 0, 1, 1, 1, 1}), 0.25);
  EXPECT_DOUBLE_EQ(dip(std::vector<double>{0, 0, 0, 0, 0, 0, 1, 1}), 0.125);
  EXPECT_DOUBLE_EQ(dip(std::vector<double>{0, 0, 1, 1, 1, 1, 1, 1}), 0.125);
}

TEST(Dip, NeitherShiftNorScaleNorMirrorChangesIt) {
  const std::vector<double> values{1, 1.5, 2, 7, 8, 8.25, 11, 12};
  std::vector<double> other;
  for (auto value = values.rbegin(); value != values.rend(); ++value) other.push_back(3 - 4 * *value);
  EXPECT_DOUBLE_EQ(dip(values), dip(other));
}

TEST(Dip, BetweenTheRowsOfTheTableItsRootGrowsEvenly) {
  EXPECT_FALSE(critical_dip(9));
  EXPECT_DOUBLE_EQ(*critical_dip(20), 0.12062);
  EXPECT_NEAR(*critical_dip(25), 0.1094, 0.0005);
  EXPECT_NEAR(*critical_dip(20'000), 0.0044577, 0.00003);  // of diptest's table, beyond ours
}

TEST(Groups, TwoOfThemAreFoundWithTheirMedians) {
  std::vector<double> values;
  for (int i = 0; i < 14; ++i) values.push_back(210 + i * 0.3);
  for (int i = 0; i < 6; ++i) values.push_back(247 + i * 0.5);
  const auto groups = groups_of(values);
  ASSERT_TRUE(groups);
  EXPECT_EQ(groups->in_lower, 14U);
  EXPECT_EQ(groups->in_upper, 6U);
  EXPECT_DOUBLE_EQ(groups->lower, 211.95);
  EXPECT_DOUBLE_EQ(groups->upper, 248.25);
}

TEST(Groups, OneHeapAndAFewFarAwayAreNotTwo) {
  std::vector<double> values;
  for (int i = 0; i < 19; ++i) values.push_back(210 + i * 0.3);
  values.push_back(400);
  EXPECT_FALSE(groups_of(values));
  EXPECT_FALSE(groups_of({0, 0, 0, 0, 1, 1, 1, 1}));  // too few to tell
}

}  // namespace
}  // namespace countercheck
