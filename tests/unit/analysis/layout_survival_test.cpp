#include "analysis/layout_survival.hpp"

#include <gmock/gmock.h>

#include "analysis/comparison.hpp"
#include "tests/unit/analysis/experiments.hpp"

namespace countercheck {
namespace {

using ::testing::Contains;
using testing::counted;
using testing::sample_of;
using testing::timed;

// Two variants under so many layouts, twice each: the second takes less time in all layouts but the first `worse`.
Experiment storm(unsigned layouts, unsigned worse) {
  Experiment experiment{.kind = Kind::comparison,
                        .rounds = 2 * layouts,
                        .plan = {.seed = 4711, .layouts = layouts, .randomised = false},
                        .variants = {{.name = "old"}, {.name = "new"}},
                        .events = {"wall-time", "page-faults"}};
  for (unsigned round = 0; round < 2 * layouts; ++round) {
    const unsigned layout = round % layouts;
    for (const std::size_t variant : {0U, 1U}) {
      const std::uint64_t time = variant == 0 ? 1000 : layout < worse ? 1010 : 900;
      experiment.samples.push_back(
          sample_of(variant, round, {timed("wall-time", time + round), counted("page-faults", 7, Source::kernel)}));
      experiment.samples.back().layout = layout;
    }
  }
  return experiment;
}

TEST(LayoutSurvival, CountsTheLayoutsInWhichTheMedianIsLess) {
  const auto layouts = split_by_layouts(storm(32, 3));
  ASSERT_EQ(layouts.size(), 32u);
  EXPECT_EQ(layout_survival(layouts, 1, 0, Per::sample), (LayoutSurvival{29, 32}));
  EXPECT_EQ(layout_survival(layouts, 1, 1, Per::sample), (LayoutSurvival{0, 32})) << "equal is not better";
}

TEST(LayoutSurvival, LayoutsWithoutBothAreNotCounted) {
  Experiment experiment = storm(8, 0);
  for (auto& sample : experiment.samples) {
    if (sample.variant == 1 && sample.layout >= 5) sample.ending = Ending::failed;
  }
  EXPECT_EQ(layout_survival(split_by_layouts(experiment), 1, 0, Per::sample), (LayoutSurvival{5, 5}));
}

TEST(LayoutSurvival, OneLayoutIsNoStorm) {
  EXPECT_TRUE(split_by_layouts(storm(1, 0)).empty());
  EXPECT_EQ(layout_survival({}, 1, 0, Per::sample), LayoutSurvival{});
}

TEST(LayoutSurvival, IsToldInASentenceAndInTheCells) {
  const Comparison comparison = compare_variants(storm(32, 1));
  EXPECT_THAT(comparison.notes,
              Contains("new is better than old by time in 31 of 32 memory layouts, by page-faults in 0"));
  EXPECT_THAT(comparison.notes, Contains("rounds in balanced order (seed 4711); under 32 memory layouts in turn; "
                                         "address space not randomised"));
  EXPECT_EQ(comparison.rows.front().cells[1].layouts, (LayoutSurvival{31, 32}));
  EXPECT_EQ(comparison.rows.front().cells[0].layouts, LayoutSurvival{});
}

}  // namespace
}  // namespace countercheck
