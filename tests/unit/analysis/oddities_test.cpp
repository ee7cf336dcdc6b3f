#include "analysis/oddities.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/analysis/experiments.hpp"

namespace countercheck {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Oddities, FarFromTheOthersIsBeyondThreeAndAHalfDeviations) {
  // Median 10, median absolute deviation 1: 3.5 * 1.4826 = 5.19.
  const std::vector<double> values{9, 10, 11, 8, 12, 9, 11, 10, 10, 15, 15.3, 4};
  EXPECT_THAT(outliers_of(values), ElementsAre(10, 11));
  EXPECT_THAT(outliers_of({9, 10, 11, 8, 12, 9, 99}), IsEmpty());  // too few to say what is usual
}

TEST(Oddities, WhereMostAreEqualTheMeanDeviationIsTheMeasure) {
  std::vector<double> values(12, 1204);
  EXPECT_THAT(outliers_of(values), IsEmpty());
  values[7] = 5000;
  EXPECT_THAT(outliers_of(values), ElementsAre(7));
}

TEST(Oddities, AreFoundByVariantAndEvent) {
  Experiment experiment = testing::experiment_of(Kind::comparison, {"a", "b"}, {"wall-time"}, 20);
  for (unsigned round = 0; round < 20; ++round) {
    const std::uint64_t a = 1000 + round * 7 % 20;
    const std::uint64_t b = round == 3 ? 1500 : 900 + round * 11 % 20;
    experiment.samples.push_back(testing::sample_of(0, round, {testing::timed("wall-time", a)}));
    experiment.samples.push_back(testing::sample_of(1, round, {testing::timed("wall-time", b)}));
  }
  EXPECT_THAT(oddities(experiment),
              ElementsAre(Oddity{.variant = 1, .event = 0, .samples = 20, .median = 909.5, .outliers = {{3, 1500}}}));
  for (Sample& sample : experiment.samples) {
    if (sample.variant == 1) sample.readings[0].value = std::uint64_t{sample.round < 10 ? 800U : 1200U} + sample.round;
  }
  const auto found = oddities(experiment);
  ASSERT_EQ(found.size(), 1U);
  ASSERT_TRUE(found[0].groups);
  EXPECT_EQ(found[0].groups->in_upper, 10U);
  ASSERT_TRUE(found[0].runs);
  EXPECT_EQ(found[0].runs->runs, 2U);
}

}  // namespace
}  // namespace countercheck
