#include "analysis/judgement.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/analysis/experiments.hpp"

namespace countercheck {
namespace {

using testing::absent;
using testing::counted;
using ::testing::ElementsAre;
using testing::experiment_of;
using testing::sample_of;
using testing::timed;

struct Round {
  std::uint64_t instructions;
  std::uint64_t faults;
  std::uint64_t microseconds;
};

// Variants "a" and "b", round by round.
Experiment experiment_with(const std::vector<Round>& a, const std::vector<Round>& b) {
  Experiment experiment = experiment_of(Kind::comparison, {"a", "b"}, {"instructions", "page-faults", "wall-time"}, 6);
  for (unsigned round = 0; round < std::max(a.size(), b.size()); ++round) {
    for (std::size_t variant = 0; variant < 2; ++variant) {
      const auto& rounds = variant == 0 ? a : b;
      if (round >= rounds.size()) continue;
      Sample sample = sample_of(variant, round,
                                {counted("instructions", rounds[round].instructions),
                                 counted("page-faults", rounds[round].faults, Source::kernel),
                                 timed("wall-time", 1000 * rounds[round].microseconds)});
      sample.work_items = variant == 0 ? 10 : 20;
      experiment.samples.push_back(std::move(sample));
    }
  }
  return experiment;
}

// Six rounds: the interval of the median goes from the least to the greatest, for 2 / 2^6 is below 5 %.
Experiment six_rounds() {
  return experiment_with(
      {{1000, 500, 100}, {1000, 500, 110}, {1000, 500, 120}, {1000, 500, 90}, {1000, 500, 100}, {1000, 500, 100}},
      {{340, 0, 103}, {350, 0, 111}, {360, 0, 126}, {345, 0, 90}, {355, 0, 101}, {350, 0, 102}});
}

Judgement judged(const std::string& text, const Experiment& experiment) {
  return judge(parse_expectation(text), experiment);
}

TEST(Judgement, AQuotientOfTheSidesIsTakenRoundByRound) {
  const Judgement one = judged("b.instructions < 0.5 * a.instructions", six_rounds());
  EXPECT_EQ(one.holds, Holds::confirmed);
  EXPECT_EQ(one.subject, "b.instructions");
  EXPECT_EQ(one.of, "a.instructions");
  EXPECT_EQ(one.bound, 0.5);
  EXPECT_DOUBLE_EQ(*one.value, 0.35);
  EXPECT_DOUBLE_EQ(one.low, 0.34);
  EXPECT_DOUBLE_EQ(one.high, 0.36);
  EXPECT_EQ(one.pairs, 6U);
  EXPECT_FALSE(one.exact);
}

TEST(Judgement, EveryRelationByTheWholeInterval) {
  // b over a: from 0.34 to 0.36; the tolerance of == is 1 %.
  const auto holds = [](const std::string& rest) { return judged("b.instructions " + rest, six_rounds()).holds; };
  EXPECT_EQ(holds("< 0.361 * a.instructions"), Holds::confirmed);
  EXPECT_EQ(holds("< 0.36 * a.instructions"), Holds::undecided) << "the end belongs to the interval";
  EXPECT_EQ(holds("< 0.34 * a.instructions"), Holds::refuted);
  EXPECT_EQ(holds("<= 0.36 * a.instructions"), Holds::confirmed);
  EXPECT_EQ(holds("<= 0.34 * a.instructions"), Holds::undecided);
  EXPECT_EQ(holds("<= 0.339 * a.instructions"), Holds::refuted);
  EXPECT_EQ(holds("> 0.339 * a.instructions"), Holds::confirmed);
  EXPECT_EQ(holds("> 0.34 * a.instructions"), Holds::undecided);
  EXPECT_EQ(holds("> 0.36 * a.instructions"), Holds::refuted);
  EXPECT_EQ(holds(">= 0.34 * a.instructions"), Holds::confirmed);
  EXPECT_EQ(holds(">= 0.361 * a.instructions"), Holds::refuted);
  EXPECT_EQ(holds("== 0.35 * a.instructions"), Holds::undecided);
  EXPECT_EQ(holds("!= 0.35 * a.instructions"), Holds::undecided);
  EXPECT_EQ(holds("== 0.5 * a.instructions"), Holds::refuted);
  EXPECT_EQ(holds("!= 0.5 * a.instructions"), Holds::confirmed);
  Experiment loose = six_rounds();
  loose.terms.tolerance = 0.03;
  EXPECT_EQ(judged("b.instructions == 0.35 * a.instructions", loose).holds, Holds::confirmed);
  EXPECT_EQ(judged("b.instructions != 0.35 * a.instructions", loose).holds, Holds::refuted);
}

TEST(Judgement, WhatSlowsARoundDownSlowsBoth) {
  // The quotients are 1.03, 1.009, 1.05, 1, 1.01, 1.02.
  const Judgement one = judged("b.time <= 1.05 * a.time", six_rounds());
  EXPECT_EQ(one.holds, Holds::confirmed);
  EXPECT_DOUBLE_EQ(*one.value, (1.01 + 1.02) / 2);
  EXPECT_EQ(judged("b.time <= 1.04 * a.time", six_rounds()).holds, Holds::undecided);
}

TEST(Judgement, ASideThatCanBe0IsSubtracted) {
  const Judgement one = judged("page-faults(a) >= 10 * page-faults(b)", six_rounds());
  EXPECT_EQ(one.holds, Holds::confirmed);
  EXPECT_EQ(one.subject, "a.page-faults - 10 * b.page-faults");
  EXPECT_EQ(one.of, "");
  EXPECT_EQ(one.value, 500);
  EXPECT_EQ(one.bound, 0);
  EXPECT_TRUE(one.exact) << "six times 500 and six times 0";
  EXPECT_EQ(judged("a.page-faults <= b.page-faults", six_rounds()).holds, Holds::refuted);
  EXPECT_EQ(judged("a.page-faults == b.page-faults", six_rounds()).holds, Holds::refuted);
  EXPECT_EQ(judged("b.page-faults == 3 * b.page-faults", six_rounds()).holds, Holds::confirmed) << "0 is 0";
}

TEST(Judgement, OneSideMayBeANumber) {
  const Judgement faults = judged("b.page-faults == 0", six_rounds());
  EXPECT_EQ(faults.holds, Holds::confirmed);
  EXPECT_EQ(faults.subject, "b.page-faults");
  EXPECT_EQ(faults.measure, Measure::count);
  const Judgement time = judged("130us > a.time", six_rounds());
  EXPECT_EQ(time.holds, Holds::confirmed);
  EXPECT_EQ(time.subject, "a.time");
  EXPECT_EQ(time.relation, Relation::below) << "the other way round";
  EXPECT_EQ(time.bound, 130'000);
  EXPECT_EQ(time.measure, Measure::nanoseconds);
  EXPECT_EQ(judged("a.time - b.time < 10us", six_rounds()).subject, "a.time - b.time");
}

TEST(Judgement, PerItem) {
  const Judgement one = judged("a.instructions per item < 2 * b.instructions per item", six_rounds());
  EXPECT_EQ(one.holds, Holds::refuted) << "100 and about 17.5";
  EXPECT_EQ(one.subject, "a.instructions per item");
  Experiment untold = six_rounds();
  for (Sample& sample : untold.samples) sample.work_items.reset();
  const Judgement none = judged("a.instructions per item < 2", untold);
  EXPECT_EQ(none.holds, Holds::undecided);
  EXPECT_EQ(none.why, "instructions of a: the program did not tell how many work items it did");
}

TEST(Judgement, SumsStandAsTheyAreWritten) {
  const Judgement one = judged("2 * (a.instructions + \"b\".instructions) > 4 * b.instructions / 2", six_rounds());
  EXPECT_EQ(one.subject, "a.instructions + b.instructions");
  EXPECT_EQ(one.of, "b.instructions");
  EXPECT_EQ(one.bound, 1);
  EXPECT_EQ(judged("-a.instructions - (b.instructions - 3) < 0", six_rounds()).subject,
            "-a.instructions - (b.instructions - 3)");
}

TEST(Judgement, TooFewRoundsDecideNothing) {
  Experiment experiment = six_rounds();
  std::erase_if(experiment.samples, [](const Sample& sample) { return sample.round >= 5; });
  const Judgement one = judged("b.instructions < 0.5 * a.instructions", experiment);
  EXPECT_EQ(one.holds, Holds::undecided);
  EXPECT_EQ(one.why, "5 rounds cannot decide it at 95 %: 6 are needed");
  EXPECT_DOUBLE_EQ(*one.value, 0.35);
  std::erase_if(experiment.samples, [](const Sample& sample) { return sample.round >= 2; });
  EXPECT_EQ(judged("a.page-faults > b.page-faults", experiment).why,
            "the same in 2 rounds, which are too few to call a count steady");
}

TEST(Judgement, ExpectationsShareTheConfidence) {
  Experiment experiment = six_rounds();
  experiment.terms.expectations = {"b.instructions < 0.5 * a.instructions", "b.page-faults == 0",
                                   "b.time <= 2 * a.time", "no("};
  const auto all = judge_expectations(experiment);
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[0].holds, Holds::undecided);
  EXPECT_EQ(all[0].why, "6 rounds cannot decide 2 expectations together at 95 %: 7 are needed")
      << "the exact one takes no share";
  EXPECT_EQ(all[1].holds, Holds::confirmed);
  EXPECT_EQ(all[3].text, "no(");
  EXPECT_EQ(all[3].holds, Holds::undecided);
  EXPECT_EQ(all[3].why,
            "the expectation 'no(', column 4: the name of a variant is due in no(…), in quotes if it "
            "begins with no letter");
}

TEST(Judgement, ARoundWithoutOneOfTheTwoIsNone) {
  Experiment experiment = six_rounds();
  experiment.samples[3].ending = Ending::failed;
  const Judgement one = judged("b.instructions < 0.5 * a.instructions", experiment);
  EXPECT_EQ(one.pairs, 5U);
}

TEST(Judgement, WhatWasNotCountedIsUndecidedWithItsReason) {
  Experiment experiment = six_rounds();
  for (Sample& sample : experiment.samples) {
    sample.readings[0] = absent("instructions", AbsenceReason::no_pmu, "this machine has no PMU");
  }
  EXPECT_EQ(judged("b.instructions < 1k", experiment).why, "instructions of b: this machine has no PMU");
  EXPECT_EQ(judged("b.cycles < 1k", experiment).why, "cycles was not counted");
  EXPECT_EQ(judged("c.page-faults < 1k", experiment).why, "there is no variant 'c' here");
  EXPECT_EQ(judged("b.insns-per-cycle > 1", experiment).why, "insns-per-cycle of b: not all of its parts were counted");
  EXPECT_EQ(judged("a.page-faults / b.page-faults > 1", six_rounds()).why, "in some round it divides by 0");
}

TEST(Judgement, AVariantThatComputedSomethingElseIsNotJudged) {
  Experiment experiment = six_rounds();
  for (Sample& sample : experiment.samples) sample.digest = {sample.variant == 0 ? 1.0 : 2.0};
  EXPECT_EQ(judged("b.time < a.time", experiment).why, "b computed something else than the baseline");
}

TEST(Judgement, MeasuredAndSimulatedAreNotBroughtTogether) {
  Experiment experiment = six_rounds();
  for (Sample& sample : experiment.samples) {
    sample.readings[0] = absent("instructions", AbsenceReason::no_pmu, "this machine has no PMU");
  }
  for (const std::size_t variant : {0U, 1U}) {
    Sample sample = sample_of(variant, 0, {counted("instructions", variant == 0 ? 1000 : 340, Source::sim)});
    sample.pass = Pass::simulated;
    experiment.samples.push_back(sample);
  }
  EXPECT_EQ(judged("b.instructions / b.time < 1 / 1ns", experiment).why,
            "wall-time was measured and instructions simulated: the two are not brought together");
  const Judgement one = judged("b.instructions < 0.35 * a.instructions", experiment);
  EXPECT_EQ(one.holds, Holds::confirmed) << "one simulation is as good as many";
  EXPECT_TRUE(one.exact);
  EXPECT_TRUE(one.simulated);
}

TEST(Judgement, AMetricIsTakenSampleBySample) {
  Experiment experiment = experiment_of(Kind::comparison, {"a", "b"}, {"cache-references", "cache-misses"}, 6);
  for (unsigned round = 0; round < 6; ++round) {
    experiment.samples.push_back(
        sample_of(0, round, {counted("cache-references", 1000 + round), counted("cache-misses", 30)}));
    experiment.samples.push_back(
        sample_of(1, round, {counted("cache-references", 1000), counted("cache-misses", 60 + round)}));
  }
  const Judgement one = judged("b.cache-miss-rate < 5%", experiment);
  EXPECT_EQ(one.holds, Holds::refuted);
  EXPECT_EQ(one.measure, Measure::percent);
  EXPECT_DOUBLE_EQ(*one.value, 0.0625);
  EXPECT_DOUBLE_EQ(one.low, 0.06);
  EXPECT_EQ(judged("b.cache-miss-rate > 2 * a.cache-miss-rate", experiment).holds, Holds::undecided);
  EXPECT_EQ(judged("b.cache-miss-rate > 1.99 * a.cache-miss-rate", experiment).holds, Holds::confirmed);
}

TEST(Judgement, CountsOfOtherPassesOverTheEventsMakeNoRound) {
  Experiment experiment = six_rounds();
  for (Sample& sample : experiment.samples) sample.event_pass = static_cast<unsigned>(sample.variant);
  EXPECT_EQ(judged("b.time < a.time", experiment).why, "no round has samples of all of it in one pass over the events");
}

}  // namespace
}  // namespace countercheck
