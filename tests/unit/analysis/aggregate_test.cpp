#include "analysis/aggregate.hpp"

#include <gtest/gtest.h>

#include "tests/unit/analysis/experiments.hpp"

namespace countercheck {
namespace {

using testing::absent;
using testing::counted;
using testing::experiment_of;
using testing::multiplexed;
using testing::sample_of;
using testing::sized;

// One variant, one event, one sample for each reading.
Experiment of_readings(const std::vector<Reading>& readings) {
  Experiment experiment = experiment_of(Kind::stat, {"a"}, {"x"}, static_cast<unsigned>(readings.size()));
  unsigned round = 0;
  for (const Reading& reading : readings) experiment.samples.push_back(sample_of(0, round++, {reading}));
  return experiment;
}

TEST(Aggregate, DescribesTheCompletedSamples) {
  Experiment experiment = of_readings({counted("x", 10), counted("x", 30), counted("x", 20), counted("x", 999)});
  experiment.samples[3].ending = Ending::failed;
  const Aggregate sum = aggregate(experiment, 0, 0);
  EXPECT_EQ(sum.n, 3U);
  EXPECT_EQ(sum.completed, 3U);
  EXPECT_EQ(sum.mean, 20);
  EXPECT_EQ(sum.median, 20);
  EXPECT_EQ(sum.standard_deviation, 10);
  EXPECT_NEAR(*sum.standard_error, 5.7735026919, 1e-9);
  EXPECT_FALSE(sum.exact);
  EXPECT_FALSE(sum.missing);
}

// 2 % of 1000 is the error of the mean of 9 runs: one run strays by three times as much.
TEST(Aggregate, ASummaryIsAMeanWithItsErrorAndNoSamples) {
  Reading mean = counted("x", 1000, Source::import);
  mean.summary = Summary{.runs = 9, .relative_error = 0.02};
  Aggregate sum = aggregate(of_readings({mean}), 0, 0);
  EXPECT_EQ(sum.n, 1U);
  EXPECT_EQ(sum.mean, 1000);
  EXPECT_EQ(sum.standard_error, 20);
  EXPECT_EQ(sum.standard_deviation, 60);
  EXPECT_EQ(sum.summary, mean.summary);
  EXPECT_FALSE(sum.exact);
  mean.summary = Summary{.relative_error = 0.02};
  sum = aggregate(of_readings({mean}), 0, 0);
  EXPECT_EQ(sum.standard_error, 20);
  EXPECT_FALSE(sum.standard_deviation) << "of how many runs it is not told";
  mean.summary = Summary{};
  EXPECT_FALSE(aggregate(of_readings({mean}), 0, 0).standard_error);
}

TEST(Aggregate, ASummaryIsNotMixedWithSamples) {
  Reading mean = counted("x", 1000, Source::import);
  mean.summary = Summary{.runs = 9};
  for (const auto& readings :
       {std::vector{mean, counted("x", 5, Source::import)}, std::vector{counted("x", 5, Source::import), mean}}) {
    const Aggregate sum = aggregate(of_readings(readings), 0, 0);
    EXPECT_EQ(sum.n, 1U);
    ASSERT_TRUE(sum.missing);
    EXPECT_EQ(sum.missing->sentence, "a summary of several runs is not mixed with other samples");
  }
}

TEST(Aggregate, OneValueIsNeitherExactNorSpread) {
  const Aggregate sum = aggregate(of_readings({counted("x", 10)}), 0, 0);
  EXPECT_EQ(sum.n, 1U);
  EXPECT_FALSE(sum.exact);
  EXPECT_FALSE(sum.standard_deviation);
}

TEST(Aggregate, EqualRawValuesAreExactEvenBeyondTheDigitsOfADouble) {
  const std::uint64_t big = (std::uint64_t{1} << 60U) + 1;
  EXPECT_TRUE(aggregate(of_readings({counted("x", big), counted("x", big)}), 0, 0).exact);
  EXPECT_FALSE(aggregate(of_readings({counted("x", big), counted("x", big - 1)}), 0, 0).exact);
}

TEST(Aggregate, AMultiplexedValueIsScaledUpAndNeverExact) {
  // On for 3 of 20: 600 seen means 4,000.
  const Reading part = multiplexed(counted("x", 600), 3, 20);
  const Aggregate sum = aggregate(of_readings({part, part}), 0, 0);
  EXPECT_DOUBLE_EQ(sum.mean, 4000);
  EXPECT_DOUBLE_EQ(sum.coverage, 0.15);
  EXPECT_FALSE(sum.exact);
}

TEST(Aggregate, TheWorstCoverageOfTheSamplesIsTold) {
  const Experiment experiment =
      of_readings({counted("x", 100), multiplexed(counted("x", 60), 3, 5), multiplexed(counted("x", 90), 9, 10)});
  EXPECT_DOUBLE_EQ(aggregate(experiment, 0, 0).coverage, 0.6);
  EXPECT_DOUBLE_EQ(aggregate(experiment, 0, 0).mean, 100);
}

TEST(Aggregate, ACounterThatNeverRanIsAnAbsenceAndNot0) {
  const Aggregate sum = aggregate(of_readings({multiplexed(counted("x", 0), 0, 20)}), 0, 0);
  EXPECT_EQ(sum.n, 0U);
  EXPECT_EQ(sum.missing->reason, AbsenceReason::never_scheduled);
}

TEST(Aggregate, OneBusySampleLeavesTheOthersAndIsTold) {
  const Experiment experiment =
      of_readings({counted("x", 8), absent("x", AbsenceReason::busy, "taken"), counted("x", 10)});
  const Aggregate sum = aggregate(experiment, 0, 0);
  EXPECT_EQ(sum.n, 2U);
  EXPECT_EQ(sum.completed, 3U);
  EXPECT_EQ(sum.mean, 9);
  EXPECT_EQ(sum.missing, (Absence{AbsenceReason::busy, "taken"}));
}

TEST(Aggregate, CountsOfAnotherLevelAreNotMixedIn) {
  const Experiment experiment =
      of_readings({counted("x", 8), counted("x", 1000, Source::pmu, Privilege::user), counted("x", 8)});
  const Aggregate sum = aggregate(experiment, 0, 0);
  EXPECT_EQ(sum.n, 2U);
  EXPECT_EQ(sum.median, 8);
  EXPECT_EQ(sum.missing->sentence, "it was counted in another way than in the first sample");
}

TEST(Aggregate, NoCompletedSampleIsAReasonOfItsOwn) {
  Experiment experiment = of_readings({counted("x", 8)});
  experiment.samples[0].ending = Ending::timed_out;
  EXPECT_EQ(aggregate(experiment, 0, 0).missing->reason, AbsenceReason::no_sample);
}

TEST(Aggregate, ASampleWithoutTheReadingIsAnAbsence) {
  Experiment experiment = of_readings({counted("x", 8)});
  experiment.samples[0].readings.clear();
  EXPECT_EQ(aggregate(experiment, 0, 0).missing->reason, AbsenceReason::no_sample);
}

TEST(Aggregate, CountsAreDividedByTheWorkItemsOfTheirOwnSample) {
  Experiment experiment = of_readings({counted("x", 100), counted("x", 300)});
  experiment.samples[0].work_items = 10;
  experiment.samples[1].work_items = 20;
  const Aggregate sum = aggregate(experiment, 0, 0, Per::work_item);
  EXPECT_DOUBLE_EQ(sum.mean, 12.5);
  EXPECT_FALSE(sum.exact);
}

TEST(Aggregate, WithoutWorkItemsOrWithNoneThereIsNothingToDivideBy) {
  Experiment experiment = of_readings({counted("x", 100), counted("x", 300)});
  experiment.samples[0].work_items = 0;
  const Aggregate sum = aggregate(experiment, 0, 0, Per::work_item);
  EXPECT_EQ(sum.n, 0U);
  EXPECT_EQ(sum.missing->sentence, "the program did not tell how many work items it did");
}

TEST(Aggregate, APeakIsNotDivided) {
  Experiment experiment = of_readings({sized("x", 4096)});
  EXPECT_EQ(aggregate(experiment, 0, 0, Per::work_item).mean, 4096);
}

}  // namespace
}  // namespace countercheck
