#include "analysis/runs.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace countercheck {
namespace {

// Every order of the values, counted: the probabilities are shares of them.
TEST(Runs, TheProbabilityIsThatOfAllOrders) {
  for (const auto& [above, below] : {std::pair<std::size_t, std::size_t>{3, 5}, {4, 4}, {1, 6}}) {
    std::vector<bool> order(below, false);
    order.insert(order.end(), above, true);
    std::vector<double> orders_with(above + below + 1, 0);
    double all = 0;
    do {
      std::size_t runs = 1;
      for (std::size_t i = 1; i < order.size(); ++i) runs += order[i] != order[i - 1] ? 1U : 0U;
      ++orders_with[runs];
      ++all;
    } while (std::next_permutation(order.begin(), order.end()));
    double sum = 0;
    for (std::size_t runs = 1; runs < orders_with.size(); ++runs) {
      sum += orders_with[runs] / all;
      EXPECT_NEAR(probability_of_runs(runs, above, below), sum, 1e-12) << above << " " << below << " " << runs;
    }
  }
}

TEST(Runs, AreCountedAroundTheMedianAndWithoutIt) {
  const auto runs = runs_of({1, 2, 1, 9, 8, 5, 9, 1});
  ASSERT_TRUE(runs);
  EXPECT_EQ(runs->runs, 3U);  // 1 2 1, 9 8 5 9, 1: the median is 3.5
  EXPECT_EQ(runs->expected, 5U);
  EXPECT_EQ(runs_of({1, 5, 9})->runs, 2U);
}

TEST(Runs, OfEqualValuesThereAreNone) {
  EXPECT_FALSE(runs_of({4, 4, 4}));
  EXPECT_FALSE(runs_of({}));
}

}  // namespace
}  // namespace countercheck
