#include "analysis/rounds_needed.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "analysis/median_interval.hpp"

namespace countercheck {
namespace {

// Eleven ratios around `centre` whose median absolute deviation makes a standard deviation of `sigma`.
std::vector<double> ratios(double centre, double sigma) {
  std::vector<double> made;
  for (int i = -5; i <= 5; ++i) made.push_back(centre * std::exp(sigma * 0.6745 * i / 3));
  return made;
}

// A shift of one standard deviation lies on its side with a probability of 0.8413. Of 25 signs the interval of 95 %
// excludes 1 where at most 7 are on the wrong side, which has a probability of 0.9655; of 24 at most 6, of 0.9264.
TEST(RoundsNeeded, AreThoseOfTheBinomialTable) {
  const auto needed = pairs_needed(ratios(1.1, std::log(1.1)), {.tolerance = 0.01, .error = 0.05});
  ASSERT_TRUE(needed);
  EXPECT_EQ(*needed, 25U);
}

TEST(RoundsNeeded, EqualityNeedsTheScatterToFitTheTolerance) {
  const auto narrow = pairs_needed(ratios(1, 0.01), {.tolerance = 0.01, .error = 0.05});
  const auto wide = pairs_needed(ratios(1, 0.1), {.tolerance = 0.01, .error = 0.05});
  ASSERT_TRUE(narrow);
  ASSERT_TRUE(wide);
  EXPECT_GT(*wide, 50 * *narrow);
  EXPECT_FALSE(pairs_needed(ratios(1, 1), {.tolerance = 0.01, .error = 0.05}));
}

TEST(RoundsNeeded, LookingOftenAndManyIntervalsNeedMore) {
  const auto one = pairs_needed(ratios(1.02, 0.03), {.tolerance = 0.01, .error = 0.05});
  const auto many = pairs_needed(ratios(1.02, 0.03), {.tolerance = 0.01, .error = 0.05 / 100});
  const auto looked = pairs_needed(ratios(1.02, 0.03), {.tolerance = 0.01, .error = 0.05, .sequential = true});
  EXPECT_GT(*many, *one);
  EXPECT_GT(*looked, *one);
}

TEST(RoundsNeeded, AreNotFewerThanAnyIntervalNeeds) {
  EXPECT_EQ(pairs_needed(ratios(3, 0.01), {.tolerance = 0.01, .error = 0.05 / 14}), values_needed(0.05 / 14, false));
}

TEST(RoundsNeeded, WithoutScatterThereIsNothingToGoBy) {
  EXPECT_FALSE(pairs_needed({1.1, 1.1, 1.1}, {}));
  EXPECT_FALSE(pairs_needed({}, {}));
  EXPECT_FALSE(pairs_needed({INFINITY, INFINITY, 1}, {}));
}

}  // namespace
}  // namespace countercheck
