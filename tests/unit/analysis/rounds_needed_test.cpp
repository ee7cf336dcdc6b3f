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

// The third of eleven ratios lies 0.6745 standard deviations below their median; it is where their one-sided interval
// begins (of 11 tosses at most 2 fall on one side with a probability of 0.0327, at most 3 with 0.1133). Where that is
// one standard deviation above 1, a ratio lies beyond 1 with a probability of 0.8413. Of 25 signs the interval of 95 %
// excludes 1 where at most 7 are on the wrong side, which has a probability of 0.9655; of 24 at most 6, of 0.9264.
TEST(RoundsNeeded, AreThoseOfTheBinomialTableForTheLeastChangeThatIsPossible) {
  const double sigma = std::log(1.1);
  const auto needed = pairs_needed(ratios(std::exp(1.6746 * sigma), sigma), {.tolerance = 0.01, .error = 0.05});
  ASSERT_TRUE(needed);
  EXPECT_EQ(*needed, 25U);
}

// Where there may be no change, both must come out: a difference as great as the tolerance, and that there is none. With
// a scatter as wide as the tolerance the interval of 28 (rank 9) ends before either edge with a probability of 0.9751,
// before both with 0.9502; that of 27 (rank 8) with 0.8939.
TEST(RoundsNeeded, WithoutAChangeAreThoseThatWouldSeeOneAsGreatAsTheTolerance) {
  const auto needed = pairs_needed(ratios(1, std::log(1.1)), {.tolerance = 0.1, .error = 0.05});
  ASSERT_TRUE(needed);
  EXPECT_EQ(*needed, 28U);
  EXPECT_FALSE(pairs_needed(ratios(1, std::log(1.1)), {.tolerance = 0, .error = 0.05}));
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
