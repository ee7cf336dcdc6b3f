#include "analysis/change_points.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <random>

namespace countercheck {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Values = std::vector<double>;

// The paper's definitions, word for word and slowly.
double energy(std::span<const double> x, std::span<const double> y) {
  const auto n = static_cast<double>(x.size());
  const auto m = static_cast<double>(y.size());
  double between = 0;
  for (const double a : x) {
    for (const double b : y) between += std::abs(a - b);
  }
  const auto within = [](std::span<const double> z) {
    double sum = 0;
    for (std::size_t i = 0; i < z.size(); ++i) {
      for (std::size_t k = i + 1; k < z.size(); ++k) sum += std::abs(z[i] - z[k]);
    }
    return sum / (0.5 * static_cast<double>(z.size()) * static_cast<double>(z.size() - 1));
  };
  return n * m / (n + m) * (2 / (n * m) * between - within(x) - within(y));
}

Split slow_best_split(std::span<const double> values, std::size_t least) {
  Split best;
  for (std::size_t at = least; at + least <= values.size(); ++at) {
    for (std::size_t end = at + least; end <= values.size(); ++end) {
      const double distance = energy(values.subspan(0, at), values.subspan(at, end - at));
      if (distance > best.distance) best = {at, distance};
    }
  }
  return best;
}

using Draw = std::function<double(std::mt19937_64&)>;
const Draw kNormal = [](auto& engine) { return std::normal_distribution<double>()(engine); };
const Draw kHeavy = [](auto& engine) { return std::student_t_distribution<double>(2)(engine); };
const Draw kCauchy = [](auto& engine) { return std::cauchy_distribution<double>()(engine); };
const Draw kSkewed = [](auto& engine) { return std::lognormal_distribution<double>(0, 1)(engine); };

Values series(std::size_t n, const Draw& draw, std::mt19937_64& engine) {
  Values values(n);
  std::generate(values.begin(), values.end(), [&] { return draw(engine); });
  return values;
}

TEST(BestSplit, IsWhatTheDefinitionGives) {
  std::mt19937_64 engine(1);
  for (const std::size_t n : {4U, 5U, 9U, 17U}) {
    for (const std::size_t least : {2U, 3U}) {
      for (const Draw& draw : {kNormal, kCauchy}) {
        const Values values = series(n, draw, engine);
        const Split expected = slow_best_split(values, least);
        const Split found = best_split(values, least);
        EXPECT_EQ(found.at, expected.at) << n;
        if (expected.at > 0) {
          EXPECT_NEAR(found.distance, expected.distance, 1e-9 * std::abs(expected.distance)) << n;
        }
      }
    }
  }
}

TEST(BestSplit, NeedsValuesOnBothSides) {
  EXPECT_EQ(best_split(Values{}, 2).at, 0U);
  EXPECT_EQ(best_split(Values{1, 2, 3}, 2).at, 0U);
  EXPECT_EQ(best_split(Values{1, 1, 3, 3}, 2).at, 2U);
  EXPECT_EQ(best_split(Values{1, 1, 3, 3}, 0).at, 2U) << "one value has no spread: never fewer than two";
}

// The annual flow of the Nile at Aswan, 1871 to 1970, in 10^8 m^3 (Cobb 1978; R's datasets::Nile). The change is
// published as being after the 28th value, 1898, when the dam was begun: strucchange's breakpoints() and bcp both say
// 28.
TEST(ChangePoints, OfTheNileAreWhereTheyArePublished) {
  const Values nile = {1120, 1160, 963, 1210, 1160, 1160, 813,  1230, 1370, 1140, 995,  935,  1110, 994,  1020,
                       960,  1180, 799, 958,  1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774,  840,
                       874,  694,  940, 833,  701,  916,  692,  1020, 1050, 969,  831,  726,  456,  824,  702,
                       1120, 1100, 832, 764,  821,  768,  845,  864,  862,  698,  845,  744,  796,  1040, 759,
                       781,  865,  845, 944,  984,  897,  822,  1010, 771,  676,  649,  846,  812,  742,  801,
                       1040, 860,  874, 848,  890,  744,  749,  838,  1050, 918,  986,  797,  923,  975,  815,
                       1020, 906,  901, 1170, 912,  746,  919,  718,  714,  740};
  ASSERT_EQ(nile.size(), 100U);
  ASSERT_EQ(std::accumulate(nile.begin(), nile.end(), 0.0), 91935) << "the mean is published as 919.35";
  const auto found = change_points(nile, {.level = 0.01});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(1871 + found.front().at, 1899U) << "the first year of the new flow";
  EXPECT_LE(found.front().p, 0.001) << "none of the shuffled series can be cut as well";
}

// All orders of seven values, against the permutation test's estimate.
TEST(ChangePoints, TheChanceIsTheShareOfAllOrders) {
  const Values values = {1.0, 1.3, 0.9, 5.0, 4.0, 5.5, 4.4};
  const double found = best_split(values, 2).distance;
  Values order = values;
  std::sort(order.begin(), order.end());
  double as_good = 0;
  double all = 0;
  do {
    ++all;
    if (best_split(order, 2).distance >= found - 1e-9) ++as_good;
  } while (std::next_permutation(order.begin(), order.end()));
  ASSERT_EQ(all, 5040);
  const auto points = change_points(values, {.level = 0.2, .shufflings = 99'999});
  ASSERT_EQ(points.size(), 1U);
  EXPECT_EQ(points.front().at, 3U);
  EXPECT_NEAR(points.front().p, as_good / all, 0.003) << "four standard errors";
}

TEST(ChangePoints, AreNotSeenInTooFewValues) {
  for (const double level : {0.2, 0.05, 0.01}) {
    const std::size_t fewest = fewest_values(level);
    const auto stepped = [](std::size_t n) {
      Values values(n);
      for (std::size_t at = 0; at < n; ++at) values[at] = 1e-3 * static_cast<double>(at % 3) + (at < n / 2 ? 0 : 1e9);
      return values;
    };
    EXPECT_THAT(change_points(stepped(fewest - 1), {.level = level, .shufflings = 9'999}), IsEmpty()) << level;
    EXPECT_EQ(change_points(stepped(fewest + 1), {.level = level, .shufflings = 9'999}).size(), 1U) << level;
  }
  EXPECT_EQ(fewest_values(0.05), 8U) << "2 of 35 orders of 7, 2 of 70 of 8";
}

TEST(ChangePoints, OfASeriesWithoutAnyAreNone) {
  EXPECT_THAT(change_points({}), IsEmpty());
  EXPECT_THAT(change_points(Values(50, 7.0)), IsEmpty());
  Values wild(40, 7.0);
  wild[20] = 1e12;
  EXPECT_THAT(change_points(wild), IsEmpty()) << "one wild value is no change";
}

TEST(ChangePoints, SeveralAreFoundAndOneThatIsTakenBackToo) {
  std::mt19937_64 engine(5);
  Values values = series(60, kNormal, engine);
  for (std::size_t at = 20; at < 30; ++at) values[at] += 8;
  for (std::size_t at = 45; at < 60; ++at) values[at] -= 8;
  const auto found = change_points(values);
  std::vector<std::size_t> places;
  for (const ChangePoint& point : found) places.push_back(point.at);
  EXPECT_THAT(places, ElementsAre(20U, 30U, 45U));
}

TEST(ChangePoints, AreTheSameEveryTimeAndInEveryUnit) {
  std::mt19937_64 engine(7);
  Values values = series(40, kHeavy, engine);
  for (std::size_t at = 25; at < 40; ++at) values[at] += 4;
  const auto found = change_points(values);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(change_points(values), found);
  for (double& value : values) value = 1e9 + 1024 * value;
  const auto in_other_unit = change_points(values);
  ASSERT_EQ(in_other_unit.size(), found.size());
  EXPECT_EQ(in_other_unit.front().at, found.front().at);
}

// Marks in 2,000 series without a change: within four standard errors of the level, whatever the noise.
TEST(ChangePoints, ComeByChanceAsOftenAsStated) {
  constexpr int kTrials = 2000;
  std::mt19937_64 engine(11);
  for (const auto& [name, draw] : {std::pair{"normal", kNormal}, std::pair{"t of 2", kHeavy},
                                   std::pair{"Cauchy", kCauchy}, std::pair{"lognormal", kSkewed}}) {
    int marked = 0;
    for (int trial = 0; trial < kTrials; ++trial) {
      const Values values = series(16, draw, engine);
      if (!change_points(values, {.level = 0.05, .shufflings = 399}).empty()) ++marked;
    }
    const double rate = static_cast<double>(marked) / kTrials;
    EXPECT_NEAR(rate, 0.05, 4 * std::sqrt(0.05 * 0.95 / kTrials)) << name;
    RecordProperty(std::string("false alarms, ") + name, std::to_string(rate));
  }
}

// A step of two standard deviations in the middle of 40 values.
TEST(ChangePoints, AStepOfTwoDeviationsIsFoundWhereItIs) {
  constexpr int kTrials = 200;
  std::mt19937_64 engine(13);
  int found = 0;
  int near = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    Values values = series(40, kNormal, engine);
    for (std::size_t at = 20; at < 40; ++at) values[at] += 2;
    const auto points = change_points(values);
    const auto close = [](const ChangePoint& point) { return point.at >= 18 && point.at <= 22; };
    if (!points.empty()) ++found;
    if (std::any_of(points.begin(), points.end(), close)) ++near;
  }
  EXPECT_GE(found, kTrials * 98 / 100);
  EXPECT_GE(near, kTrials * 90 / 100) << "at most two values off";
  RecordProperty("found", found);
  RecordProperty("at most two values off", near);
}

}  // namespace
}  // namespace countercheck
