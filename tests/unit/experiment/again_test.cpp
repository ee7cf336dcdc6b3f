#include "experiment/again.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "experiment/points.hpp"

namespace countercheck {
namespace {

TEST(Again, TheBaselineOfEachPointIsMeasuredASecondTime) {
  Experiment experiment{.variants = {{.name = "old", .command = {"old", "1"}, .parameters = {{"size", "1"}}},
                                     {.name = "new", .command = {"new", "1"}, .parameters = {{"size", "1"}}},
                                     {.name = "old", .command = {"old", "2"}, .parameters = {{"size", "2"}}},
                                     {.name = "new", .command = {"new", "2"}, .parameters = {{"size", "2"}}}},
                        .baseline = 1};
  measure_baseline_again(experiment);
  ASSERT_EQ(experiment.variants.size(), 6u);
  EXPECT_EQ(experiment.variants[4],
            (Variant{.name = "new again", .command = {"new", "1"}, .parameters = {{"size", "1"}}, .again = 1}));
  EXPECT_EQ(experiment.variants[5],
            (Variant{.name = "new again", .command = {"new", "2"}, .parameters = {{"size", "2"}}, .again = 3}));
  const auto points = split_by_parameters(experiment);
  ASSERT_EQ(points.size(), 2u);
  for (const Experiment& point : points) {
    ASSERT_EQ(point.variants.size(), 3u);
    EXPECT_EQ(point.baseline, 1u);
    EXPECT_EQ(point.variants[2].again, 1u);
  }
}

}  // namespace
}  // namespace countercheck
