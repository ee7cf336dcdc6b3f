#include "analysis/statistics.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <vector>

namespace countercheck {
namespace {

TEST(Statistics, NothingIsDefinedForNoValue) {
  EXPECT_FALSE(mean({}));
  EXPECT_FALSE(median({}));
  EXPECT_FALSE(standard_deviation({}));
  EXPECT_FALSE(standard_error({}));
}

TEST(Statistics, OneValueHasACentreButNoSpread) {
  const std::vector<double> one{7};
  EXPECT_EQ(mean(one), 7);
  EXPECT_EQ(median(one), 7);
  EXPECT_FALSE(standard_deviation(one));
  EXPECT_FALSE(standard_error(one));
}

// Closed forms of 1, 2, ..., n: mean (n+1)/2, sample variance n(n+1)/12.
TEST(Statistics, MatchesTheClosedFormsOfTheFirstIntegers) {
  for (const int n : {2, 3, 10, 101, 1000}) {
    std::vector<double> values(static_cast<std::size_t>(n));
    std::iota(values.rbegin(), values.rend(), 1.0);
    EXPECT_DOUBLE_EQ(*mean(values), (n + 1) / 2.0);
    EXPECT_DOUBLE_EQ(*median(values), (n + 1) / 2.0);
    EXPECT_NEAR(*standard_deviation(values), std::sqrt(n * (n + 1) / 12.0), 1e-10 * n);
    EXPECT_NEAR(*standard_error(values), std::sqrt((n + 1) / 12.0), 1e-10 * n);
  }
}

TEST(Statistics, TheMedianOfAnEvenNumberLiesHalfwayBetweenTheTwoInTheMiddle) {
  EXPECT_EQ(median(std::vector<double>{100, 1, 4, 2}), 3);
}

TEST(Statistics, TheMedianDoesNotMoveWithOneWildValue) {
  EXPECT_EQ(median(std::vector<double>{10, 11, 1e12}), 11);
}

TEST(Statistics, EqualLargeCountsHaveThemselvesForMeanAndNoSpread) {
  const std::vector<double> values(7, 9007199254740991.0);
  EXPECT_EQ(mean(values), 9007199254740991.0);
  EXPECT_EQ(standard_deviation(values), 0);
}

// The naive formula by squares would lose all digits here: the spread of {1e9, 1e9+1, 1e9+2} is 1.
TEST(Statistics, ASmallSpreadAroundALargeCentreIsKept) {
  EXPECT_DOUBLE_EQ(*standard_deviation(std::vector<double>{1e9, 1e9 + 1, 1e9 + 2}), 1);
}

TEST(Statistics, ARelativeSpreadNeedsACentreUnlessThereIsNone) {
  EXPECT_EQ(relative(2.0, 8.0), 0.25);
  EXPECT_EQ(relative(2.0, -8.0), 0.25);
  EXPECT_EQ(relative(0.0, 0.0), 0);
  EXPECT_FALSE(relative(2.0, 0.0));
  EXPECT_FALSE(relative(std::nullopt, 8.0));
}

}  // namespace
}  // namespace countercheck
