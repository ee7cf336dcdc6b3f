#include "analysis/unpaired.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <random>
#include <vector>

namespace countercheck {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// The permeability of human chorioamnion, at term (X) and at 12 to 26 weeks (Y): Hollander, Wolfe and Chicken, table
// 4.1, and the example of R's wilcox.test.
TEST(Unpaired, AgreesWithThePrintedExample) {
  const std::vector<double> x = {0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
  const std::vector<double> y = {1.15, 0.88, 0.90, 0.74, 1.21};
  const auto log_of = [](const std::vector<double>& values) {
    std::vector<double> powers;
    for (const double value : values) powers.push_back(std::exp(value));
    return powers;
  };
  // The book's shift is of the values themselves: their exponentials have it as the logarithm of the ratio. Example
  // 4.3: the estimate of Y - X is -0.305; example 4.4: the interval of 96 % is from -0.76 to 0.15.
  const auto shift = unpaired_ratio(log_of(x), log_of(y), 0.96);
  EXPECT_NEAR(std::log(shift.ratio), -0.305, 1e-12);
  EXPECT_NEAR(std::log(shift.low), -0.76, 1e-12);
  EXPECT_NEAR(std::log(shift.high), 0.15, 1e-12);
}

// The smallest tail of two sets of n is 1 / C(2n, n): 1/20 of 3, 1/70 of 4, 1/252 of 5.
TEST(Unpaired, TooFewValuesHaveNoBounds) {
  EXPECT_EQ(fewest_unpaired(0.80), 3u);
  EXPECT_EQ(fewest_unpaired(0.95), 4u);
  EXPECT_EQ(fewest_unpaired(0.99), 5u);
  const std::vector<double> three = {10, 11, 12};
  const std::vector<double> four = {20, 21, 22, 23};
  const auto none = unpaired_ratio(three, three, 0.95);
  EXPECT_EQ(none.low, 0);
  EXPECT_EQ(none.high, kInfinity);
  EXPECT_DOUBLE_EQ(none.ratio, 1);
  const auto some = unpaired_ratio(four, std::vector<double>{2, 3, 4, 5}, 0.95);
  EXPECT_DOUBLE_EQ(some.low, 2.0 / 23) << "the least of all quotients";
  EXPECT_DOUBLE_EQ(some.high, 5.0 / 20) << "and the greatest";
}

TEST(Unpaired, ZerosAreValues) {
  const std::vector<double> none(6, 0);
  const std::vector<double> some = {3, 4, 5, 6, 7, 8};
  EXPECT_EQ(unpaired_ratio(none, none, 0.95).ratio, 1);
  EXPECT_EQ(unpaired_ratio(none, none, 0.95).high, 1);
  EXPECT_EQ(unpaired_ratio(none, some, 0.95).low, kInfinity);
  EXPECT_EQ(unpaired_ratio(some, none, 0.95).high, 0);
}

TEST(Unpaired, ManyValuesTakeTheApproximationAndLittleTime) {
  std::vector<double> baseline;
  std::vector<double> candidate;
  for (int i = 0; i < 200'000; ++i) {
    baseline.push_back(1000 + i % 101);
    candidate.push_back(1500 + i % 103);
  }
  const auto ratio = unpaired_ratio(baseline, candidate, 0.95);
  EXPECT_NEAR(ratio.ratio, 1551.0 / 1050, 1e-3);
  EXPECT_LT(ratio.high / ratio.low, 1.001);
}

// The two ways to the place of a bound meet: at 100 values of each the exact, at 101 the approximation.
TEST(Unpaired, TheApproximationJoinsTheExact) {
  std::mt19937_64 random(4711);
  std::lognormal_distribution<double> values(0, 0.1);
  std::vector<double> baseline;
  std::vector<double> candidate;
  for (int i = 0; i < 100; ++i) {
    baseline.push_back(values(random));
    candidate.push_back(values(random));
  }
  const auto exact = unpaired_ratio(baseline, candidate, 0.95);
  baseline.push_back(1);
  const auto approximate = unpaired_ratio(baseline, candidate, 0.95);
  EXPECT_NEAR(exact.low, approximate.low, 2e-3);
  EXPECT_NEAR(exact.high, approximate.high, 2e-3);
}

// The share of 10,000 pairs of runs, 9 and 13 values, whose interval does not hold the true ratio.
double missed(double confidence, const std::function<double(std::mt19937_64&)>& noise) {
  constexpr int kRuns = 10'000;
  constexpr double kRatio = 1.3;
  std::mt19937_64 random(20'260'121);
  int misses = 0;
  for (int run = 0; run < kRuns; ++run) {
    std::vector<double> baseline(9);
    std::vector<double> candidate(13);
    for (double& value : baseline) value = 1e6 * std::exp(noise(random));
    for (double& value : candidate) value = kRatio * 1e6 * std::exp(noise(random));
    const auto ratio = unpaired_ratio(baseline, candidate, confidence);
    misses += ratio.low > kRatio || ratio.high < kRatio;
  }
  return static_cast<double>(misses) / kRuns;
}

TEST(Unpaired, TheIntervalHoldsTheRatioAsOftenAsItSays) {
  const std::pair<const char*, std::function<double(std::mt19937_64&)>> noises[] = {
      {"normal", [](auto& random) { return std::normal_distribution<double>(0, 0.05)(random); }},
      {"heavy tails", [](auto& random) { return 0.05 * std::student_t_distribution<double>(1.5)(random); }},
      {"skewed", [](auto& random) { return std::exponential_distribution<double>(10)(random); }},
      {"two modes", [](auto& random) { return std::bernoulli_distribution(0.3)(random) ? 0.2 : 0.0; }},
  };
  for (const auto& [name, noise] : noises) {
    for (const double confidence : {0.95, 0.99}) {
      const double share = missed(confidence, noise);
      const double stated = 1 - confidence;
      // Three standard deviations of a share of 10,000.
      EXPECT_LE(share, stated + 3 * std::sqrt(stated * confidence / 10'000)) << name << ' ' << confidence;
      // The steps of the distribution make it a little too careful; ties much more so.
      if (std::string_view(name) != "two modes") {
        EXPECT_GE(share, 0.6 * stated) << name << ' ' << confidence;
      }
    }
  }
}

}  // namespace
}  // namespace countercheck
