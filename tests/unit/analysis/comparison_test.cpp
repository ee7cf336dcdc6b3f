#include "analysis/comparison.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/reports/diffusion.hpp"

namespace countercheck {
namespace {

using testing::absent;
using testing::diffusion;
using ::testing::ElementsAre;
using testing::multiplexed;

Row row(const Comparison& comparison, std::string_view key) {
  for (const Row& candidate : comparison.rows) {
    if (candidate.key == key) return candidate;
  }
  throw std::out_of_range(std::string(key));
}

std::vector<std::string> keys(const std::vector<Row>& rows) {
  std::vector<std::string> all;
  all.reserve(rows.size());
  for (const Row& row : rows) all.push_back(row.key);
  return all;
}

TEST(Comparison, TheTimeIsFirstAndMetricsFollowTheirEvent) {
  const Comparison comparison = compare_variants(diffusion());
  EXPECT_THAT(keys(comparison.rows),
              ElementsAre("wall-time", "wall-time-per-item", "instructions", "instructions-per-item",
                          "cache-references", "cache-misses", "cache-miss-rate", "task-clock", "cpus-utilized",
                          "page-faults", "context-switches", "user-time", "system-time", "peak-rss"));
  EXPECT_EQ(comparison.rows[0].name, "time");
  EXPECT_EQ(comparison.rows[1].name, "per cell update");
  EXPECT_EQ(comparison.rows[1].under, "time");
  EXPECT_EQ(row(comparison, "cache-miss-rate").under, "cache-misses");
}

TEST(Comparison, EventsThatNobodyCountedAreGatheredByReason) {
  Experiment experiment = diffusion();
  for (Sample& sample : experiment.samples) {
    sample.readings[1] = absent("instructions", AbsenceReason::no_pmu, "this machine shows no PMU to its guests");
    sample.readings[2] = absent("cache-references", AbsenceReason::busy, "the watchdog has it");
  }
  const Comparison comparison = compare_variants(experiment);
  EXPECT_THAT(comparison.uncounted,
              ElementsAre(Uncounted{{AbsenceReason::no_pmu, "this machine shows no PMU to its guests"},
                                    {"cycles", "instructions"}},
                          Uncounted{{AbsenceReason::busy, "the watchdog has it"}, {"cache-references"}}));
  EXPECT_THAT(keys(comparison.uncounted_rows), ElementsAre("cycles", "instructions", "cache-references"));
}

TEST(Comparison, RatiosAreOfTheMediansToTheBaseline) {
  Experiment experiment = diffusion();
  const auto faults = row(compare_variants(experiment), "page-faults").cells;
  EXPECT_EQ(faults[0].ratio, 1);
  EXPECT_DOUBLE_EQ(*faults[2].ratio, 12.0 / 204'911.0);
  experiment.baseline = 2;
  EXPECT_DOUBLE_EQ(*row(compare_variants(experiment), "page-faults").cells[0].ratio, 204'911.0 / 12.0);
}

TEST(Comparison, ABaselineThatCountedNoneHasNoRatios) {
  Experiment experiment = diffusion();
  for (Sample& sample : experiment.samples) {
    if (sample.variant == 0) sample.readings[5].value = std::uint64_t{0};
  }
  const Row faults = row(compare_variants(experiment), "page-faults");
  EXPECT_FALSE(faults.cells[0].ratio);
  EXPECT_FALSE(faults.cells[1].ratio);
  EXPECT_EQ(faults.cells[0].median, 0);
}

TEST(Comparison, AVariantWithAWrongResultTakesPartInNoRatioAndNoRanking) {
  Experiment experiment = diffusion();
  for (Sample& sample : experiment.samples) {
    if (sample.variant == 1) sample.digest[0] = 3.41;
  }
  const Comparison comparison = compare_variants(experiment);
  EXPECT_TRUE(comparison.columns[1].excluded);
  for (const Row& one : comparison.rows) EXPECT_FALSE(one.cells[1].ratio) << one.key;
  EXPECT_TRUE(comparison.rows[0].cells[2].ratio);
  for (const Rank& rank : comparison.ranking) EXPECT_NE(rank.variant, 1U);
}

TEST(Comparison, ABaselineThatIsNotSteadyGivesNoRatioAtAll) {
  Experiment experiment = diffusion();
  experiment.samples[3].digest[0] = 3.41;  // the baseline's second
  const Comparison comparison = compare_variants(experiment);
  EXPECT_EQ(comparison.columns[0].digest.verdict, DigestVerdict::unsteady);
  for (const Row& one : comparison.rows) {
    for (const Cell& cell : one.cells) EXPECT_FALSE(cell.ratio) << one.key;
  }
  EXPECT_FALSE(comparison.lead);
}

TEST(Comparison, OneBusySampleIsAFootnote) {
  Experiment experiment = diffusion();
  experiment.samples[0].readings[3] = absent("cache-misses", AbsenceReason::busy, "another program holds the counter");
  const Comparison comparison = compare_variants(experiment);
  EXPECT_EQ(row(comparison, "cache-misses").cells[0].n, 4U);
  EXPECT_THAT(comparison.footnotes,
              ElementsAre("counted in 4 of 5 samples only; in the others: another program holds the counter"));
  EXPECT_THAT(row(comparison, "cache-misses").cells[0].notes, ElementsAre(0U));
}

TEST(Comparison, AMetricThatCannotBeRightIsAFootnote) {
  Experiment experiment = diffusion();
  for (Sample& sample : experiment.samples) {
    if (sample.variant == 2) sample.readings[3].value = std::uint64_t{999'000'000};
  }
  const Comparison comparison = compare_variants(experiment);
  EXPECT_THAT(comparison.footnotes, ElementsAre("cannot be right: more cache-misses than cache-references"));
  EXPECT_THAT(row(comparison, "cache-miss-rate").cells[2].notes, ElementsAre(0U));
}

TEST(Comparison, CoverageOfTheWorstSampleIsKept) {
  Experiment experiment = diffusion();
  experiment.samples[2].readings[1] = multiplexed(experiment.samples[2].readings[1], 3, 20);
  EXPECT_DOUBLE_EQ(row(compare_variants(experiment), "instructions").cells[2].coverage, 0.15);
}

TEST(Comparison, AVariantCountedAtAnotherLevelIsNotHeldAgainstTheOthers) {
  Experiment experiment = diffusion();
  for (Sample& sample : experiment.samples) {
    if (sample.variant == 1) sample.readings[5].privilege = Privilege::user;
  }
  const Row faults = row(compare_variants(experiment), "page-faults");
  EXPECT_EQ(faults.cells[1].absence->sentence, "it was counted in another way than for the others");
  EXPECT_TRUE(faults.cells[2].ratio);
}

TEST(Comparison, ADemotedEventIsShownAsSuch) {
  Experiment experiment = diffusion();
  for (Sample& sample : experiment.samples) sample.readings[5].privilege = Privilege::user;
  EXPECT_EQ(row(compare_variants(experiment), "page-faults").name, "page-faults:u");
}

TEST(Comparison, PerItemDividesEveryCountAndTimeButNoPeakAndNoRanking) {
  const Comparison whole = compare_variants(diffusion());
  const Comparison comparison = compare_variants(diffusion(), Per::work_item);
  EXPECT_DOUBLE_EQ(row(comparison, "page-faults").cells[0].median, 204'911 / 104'857'600.0);
  EXPECT_TRUE(row(comparison, "wall-time").per_item);
  EXPECT_EQ(row(comparison, "peak-rss").cells[0].median, 33'554'432);
  EXPECT_FALSE(row(comparison, "peak-rss").per_item);
  EXPECT_EQ(comparison.ranking, whole.ranking);
  EXPECT_EQ(comparison.lead, whole.lead);
  EXPECT_THROW(row(comparison, "instructions-per-item"), std::out_of_range);
}

TEST(Comparison, WithoutWorkItemsNothingIsGivenPerItem) {
  Experiment experiment = diffusion();
  for (Sample& sample : experiment.samples) sample.work_items.reset();
  const Comparison comparison = compare_variants(experiment, Per::work_item);
  EXPECT_THAT(keys(comparison.rows), ElementsAre("peak-rss"));
  EXPECT_EQ(comparison.uncounted.front().absence.sentence, "the program did not tell how many work items it did");
  EXPECT_THROW(row(compare_variants(experiment), "wall-time-per-item"), std::out_of_range);
}

TEST(Comparison, WorkItemsAreToldOnlyIfEverySampleDid) {
  Experiment experiment = diffusion();
  EXPECT_EQ(compare_variants(experiment).columns[1].outcome.work_items, (Span{104'857'600, 104'857'600}));
  experiment.samples[4].work_items.reset();
  EXPECT_FALSE(compare_variants(experiment).columns[1].outcome.work_items);
}

TEST(Comparison, NoCompletedSampleLeavesNoRowAndEveryReason) {
  Experiment experiment = diffusion();
  for (Sample& sample : experiment.samples) sample.ending = Ending::failed;
  const Comparison comparison = compare_variants(experiment);
  EXPECT_TRUE(comparison.rows.empty());
  EXPECT_EQ(comparison.uncounted_rows.size(), experiment.events.size());
  EXPECT_TRUE(comparison.ranking.empty());
  EXPECT_EQ(comparison.columns[0].outcome.failures.size(), 1U);
}

TEST(Comparison, AFailedBaselineGivesNoRatioAndTheOthersKeepTheirValues) {
  Experiment experiment = diffusion();
  for (Sample& sample : experiment.samples) {
    if (sample.variant == 0) sample.ending = Ending::failed;
  }
  const Comparison comparison = compare_variants(experiment);
  EXPECT_EQ(comparison.rows[0].cells[0].absence->reason, AbsenceReason::no_sample);
  EXPECT_FALSE(comparison.rows[0].cells[1].ratio);
  EXPECT_EQ(comparison.ranking.size(), 2U);
  EXPECT_EQ(comparison.uncounted[0].absence.reason, AbsenceReason::no_pmu);
}

TEST(Comparison, NoVariantAtAllIsAnEmptyTable) {
  const Comparison comparison = compare_variants(testing::experiment_of(Kind::comparison, {}, {"wall-time"}, 1));
  EXPECT_TRUE(comparison.columns.empty());
  EXPECT_TRUE(comparison.rows.empty());
}

}  // namespace
}  // namespace countercheck
