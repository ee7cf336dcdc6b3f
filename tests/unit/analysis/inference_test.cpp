#include "analysis/inference.hpp"

#include "analysis/stopping.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/unit/analysis/experiments.hpp"

namespace countercheck {
namespace {

using testing::absent;
using testing::counted;
using testing::experiment_of;
using testing::sample_of;
using testing::timed;

// Two variants, one event: the values of "new" over a constant 1000 of "old", round by round.
Experiment of_times(const std::vector<std::uint64_t>& times) {
  Experiment experiment =
      experiment_of(Kind::comparison, {"old", "new"}, {"wall-time"}, static_cast<unsigned>(times.size()));
  for (unsigned round = 0; round < times.size(); ++round) {
    experiment.samples.push_back(sample_of(0, round, {timed("wall-time", 1000)}));
    experiment.samples.push_back(sample_of(1, round, {timed("wall-time", times[round])}));
  }
  return experiment;
}

// The same for an event that a counter counted, both sides given.
Experiment of_counts(const std::vector<std::pair<std::uint64_t, std::uint64_t>>& counts,
                     Source source = Source::kernel) {
  Experiment experiment =
      experiment_of(Kind::comparison, {"old", "new"}, {"page-faults"}, static_cast<unsigned>(counts.size()));
  for (unsigned round = 0; round < counts.size(); ++round) {
    for (const std::size_t variant : {0U, 1U}) {
      Sample sample = sample_of(
          variant, round, {counted("page-faults", variant == 0 ? counts[round].first : counts[round].second, source)});
      if (source == Source::sim) sample.pass = Pass::simulated;
      experiment.samples.push_back(sample);
    }
  }
  return experiment;
}

Judged only(const Experiment& experiment) {
  const Inference inference = infer(experiment);
  EXPECT_EQ(inference.judged.size(), 1U);
  return inference.judged.empty() ? Judged{} : inference.judged.front();
}

TEST(Inference, TheMedianAndTheOrderStatisticsOfTheRatios) {
  // Nine values at 95 %: from the second to the eighth.
  const Judged judged = only(of_times({910, 880, 700, 930, 890, 900, 1500, 920, 870}));
  EXPECT_EQ(judged.pairs, 9U);
  EXPECT_DOUBLE_EQ(*judged.ratio, 0.9);
  EXPECT_DOUBLE_EQ(judged.low, 0.87);
  EXPECT_DOUBLE_EQ(judged.high, 0.93);
  EXPECT_EQ(judged.verdict, Verdict::better);
  EXPECT_FALSE(judged.exact);
  EXPECT_EQ(judged.why, "");
}

TEST(Inference, OfAnEvenNumberTheMedianLogarithmIsMidway) {
  const Judged judged = only(of_times({800, 800, 800, 1250, 1250, 1250}));
  EXPECT_DOUBLE_EQ(*judged.ratio, 1);
  EXPECT_EQ(judged.verdict, Verdict::undecided);
}

TEST(Inference, MoreIsWorse) {
  EXPECT_EQ(only(of_times({1100, 1090, 1110, 1020, 1100, 1300})).verdict, Verdict::worse);
}

TEST(Inference, WithinTheToleranceIsEqualWhetherItExcludesOneOrNot) {
  Experiment experiment = of_times({1002, 1003, 1004, 1009, 1003, 1005});
  EXPECT_EQ(only(experiment).verdict, Verdict::equal);
  experiment.terms.tolerance = 0.005;
  EXPECT_EQ(only(experiment).verdict, Verdict::worse);
  // 1 / 1.01 = 0.990099: the tolerance is as wide to both sides.
  EXPECT_EQ(only(of_times({991, 1003, 1004, 1009, 1003, 1005})).verdict, Verdict::equal);
  EXPECT_EQ(only(of_times({990, 1003, 1004, 1009, 1003, 1005})).verdict, Verdict::undecided);
}

TEST(Inference, TooFewRoundsAreTold) {
  const Judged judged = only(of_times({500, 510, 520, 500, 510}));
  EXPECT_EQ(judged.verdict, Verdict::undecided);
  EXPECT_DOUBLE_EQ(*judged.ratio, 0.51);
  EXPECT_EQ(judged.low, 0);
  EXPECT_TRUE(std::isinf(judged.high));
  EXPECT_EQ(judged.why, "5 rounds cannot decide anything at 95 %: 6 are needed");
}

TEST(Inference, TheIntervalsShareTheError) {
  Experiment experiment = experiment_of(Kind::comparison, {"a", "b", "c"}, {"wall-time", "page-faults", "faults"}, 7);
  for (unsigned round = 0; round < 7; ++round) {
    for (std::size_t variant = 0; variant < 3; ++variant) {
      experiment.samples.push_back(sample_of(variant, round,
                                             {timed("wall-time", 1000 - 100 * variant + round),
                                              counted("page-faults", 7 + round * variant), counted("faults", 5)}));
    }
  }
  const Inference inference = infer(experiment);
  EXPECT_EQ(inference.intervals, 5U);  // two variants by two events, and the times of the two
  EXPECT_EQ(find_judged(inference, 2, 0)->why, "7 rounds cannot decide 5 intervals together at 95 %: 8 are needed");
  EXPECT_EQ(find_judged(inference, 2, 2)->verdict, Verdict::equal);
  experiment.terms.confidence = 0.9;
  EXPECT_EQ(find_judged(infer(experiment), 2, 0)->verdict, Verdict::better);
}

TEST(Inference, TheSecondMeasurementOfTheBaselineTakesNoShare) {
  Experiment experiment = of_times({900, 910, 905, 915, 920, 925});
  experiment.variants.push_back({.name = "old again", .again = 0});
  for (unsigned round = 0; round < 6; ++round) {
    experiment.samples.push_back(sample_of(2, round, {timed("wall-time", 990 + 5 * round)}));
  }
  const Inference inference = infer(experiment);
  EXPECT_EQ(inference.intervals, 1U);
  EXPECT_EQ(find_judged(inference, 1, 0)->verdict, Verdict::better);
  EXPECT_DOUBLE_EQ(find_judged(inference, 2, 0)->low, 0.99);
}

TEST(Inference, NothingAgainstNothingIsOneAndSomethingInfinite) {
  const Judged more = only(of_counts({{0, 0}, {0, 0}, {0, 0}, {0, 3}, {0, 4}, {0, 2}, {0, 0}}));
  EXPECT_TRUE(more.both_zero) << "in the median";
  EXPECT_FALSE(more.ratio);
  EXPECT_DOUBLE_EQ(more.low, 1);
  EXPECT_TRUE(std::isinf(more.high));
  EXPECT_EQ(more.verdict, Verdict::undecided);
  const Judged none = only(of_counts({{4, 0}, {5, 0}, {3, 0}, {4, 0}, {2, 0}, {1, 0}}));
  EXPECT_EQ(none.ratio, 0.0);
  EXPECT_FALSE(none.both_zero);
  EXPECT_EQ(none.verdict, Verdict::better);
}

TEST(Inference, WhereBothHaveNoneThereIsNoRatioAndTheyAreEqual) {
  const Judged always = only(of_counts({{0, 0}, {0, 0}}));
  EXPECT_TRUE(always.both_zero && always.exact);
  EXPECT_FALSE(always.ratio);
  EXPECT_EQ(always.verdict, Verdict::equal);
  const Judged mostly = only(of_counts({{0, 0}, {0, 0}, {4, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 3}}));
  EXPECT_TRUE(mostly.both_zero);
  EXPECT_FALSE(mostly.ratio || mostly.exact);
  EXPECT_EQ(mostly.verdict, Verdict::equal) << "from " << mostly.low << " to " << mostly.high;
}

TEST(Inference, WhatHasNoSpreadIsComparedAsItIs) {
  const Judged same = only(of_counts({{1204, 1204}, {1204, 1204}}));
  EXPECT_TRUE(same.exact);
  EXPECT_EQ(same.verdict, Verdict::equal);
  EXPECT_EQ(same.low, 1);
  EXPECT_EQ(same.high, 1);
  const Judged close = only(of_counts({{1204, 1203}, {1204, 1203}, {1204, 1203}}));
  EXPECT_EQ(close.verdict, Verdict::equal);
  EXPECT_TRUE(close.exact);
  EXPECT_EQ(only(of_counts({{1204, 602}, {1204, 602}, {1204, 602}})).verdict, Verdict::better);
}

TEST(Inference, OneSampleIsExactWhereItIsSimulated) {
  EXPECT_EQ(only(of_counts({{4000, 3000}}, Source::sim)).verdict, Verdict::better);
  EXPECT_EQ(only(of_counts({{4000, 3000}})).verdict, Verdict::undecided);
}

TEST(Inference, TwoConstantCountsThatDifferMayBeACoins) {
  const Judged judged = only(of_counts({{0, 1}, {0, 1}}));
  EXPECT_EQ(judged.verdict, Verdict::undecided);
  EXPECT_EQ(judged.why, "2 samples of each are too few to call a count steady");
  EXPECT_EQ(only(of_counts({{0, 1}, {0, 1}, {0, 1}})).verdict, Verdict::worse);
}

TEST(Inference, OnlySamplesOfOneRoundLayoutAndPassArePaired) {
  Experiment experiment = of_times({900, 910, 905, 915, 920, 925, 930, 940});
  experiment.samples[1].ending = Ending::failed;  // round 0 has no half
  experiment.samples[3].layout = 1;               // nor has round 1
  experiment.samples[5].event_pass = 1;           // nor round 2
  experiment.samples[6].warm_up = true;           // nor round 3
  EXPECT_EQ(only(experiment).pairs, 4U);
}

TEST(Inference, AnotherSourceIsAnotherQuantity) {
  Experiment experiment = of_counts({{1, 2}, {1, 2}});
  for (Sample& sample : experiment.samples) {
    if (sample.variant == 1) sample.readings[0].source = Source::papi;
  }
  const Judged judged = only(experiment);
  EXPECT_FALSE(judged.ratio);
  EXPECT_EQ(judged.why, "it was counted in another way than for the baseline");
}

TEST(Inference, AnAbsenceIsToldAndNotJudged) {
  Experiment experiment = of_counts({{1, 2}, {1, 2}});
  for (Sample& sample : experiment.samples) {
    if (sample.variant == 0) sample.readings[0] = absent("page-faults", AbsenceReason::no_pmu, "there is no PMU");
  }
  EXPECT_EQ(only(experiment).why, "there is no PMU");
  EXPECT_EQ(only(experiment).verdict, Verdict::undecided);
}

TEST(Inference, WhoComputedSomethingElseIsNotJudged) {
  Experiment experiment = of_times({900, 910, 905, 915, 920, 925});
  for (Sample& sample : experiment.samples) sample.digest = {std::uint64_t{sample.variant}};
  EXPECT_THAT(infer(experiment).judged, ::testing::IsEmpty());
  EXPECT_FALSE(decided(experiment));
}

TEST(Inference, EstimatesSayTheirCoverage) {
  Experiment experiment = of_counts({{100, 200}, {101, 200}});
  experiment.samples[2].readings[0] = testing::multiplexed(counted("page-faults", 101, Source::kernel), 1, 4);
  EXPECT_DOUBLE_EQ(only(experiment).coverage, 0.25);
  EXPECT_FALSE(only(experiment).exact);
}

TEST(Inference, PerWorkItemTheRatioIsThatOfTheCosts) {
  Experiment experiment = of_times({900, 910, 905, 915, 920, 925});
  for (Sample& sample : experiment.samples) sample.work_items = sample.variant == 0 ? 10 : 5;
  EXPECT_DOUBLE_EQ(infer(experiment, Per::work_item).judged.front().low, 1.8);
}

TEST(Inference, WhoStopsEarlyPaysWithWiderIntervals) {
  Experiment experiment = of_times({900, 910, 905, 915, 920, 925, 930});
  EXPECT_TRUE(decided(experiment));
  experiment.plan.stops_early = true;
  EXPECT_FALSE(decided(experiment));
  EXPECT_EQ(only(experiment).why, "7 rounds cannot decide anything at 95 %: 8 are needed");
}

}  // namespace
}  // namespace countercheck
