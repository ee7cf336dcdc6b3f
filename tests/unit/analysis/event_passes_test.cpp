#include "analysis/event_passes.hpp"

#include <gmock/gmock.h>

#include "analysis/aggregate.hpp"
#include "analysis/comparison.hpp"
#include "analysis/stat_summary.hpp"
#include "tests/unit/analysis/experiments.hpp"

namespace countercheck {
namespace {

using testing::absent;
using testing::counted;
using ::testing::ElementsAre;
using testing::experiment_of;
using ::testing::IsEmpty;
using testing::sample_of;
using testing::timed;

Reading of_other_pass(const std::string& event) {
  return absent(event, AbsenceReason::other_pass, "it is counted in other samples, in another pass");
}

// Two passes: cache-misses in the first, cache-references in the second, instructions in both.
Experiment in_two_passes(std::initializer_list<std::uint64_t> first, std::initializer_list<std::uint64_t> second,
                         Kind kind = Kind::stat) {
  Experiment experiment = experiment_of(kind, {"a"}, {"instructions", "cache-misses", "cache-references", "wall-time"},
                                        static_cast<unsigned>(first.size()));
  experiment.event_passes = {{"instructions", "cache-misses"}, {"instructions", "cache-references"}};
  experiment.anchor = "instructions";
  unsigned round = 0;
  for (const std::uint64_t instructions : first) {
    experiment.samples.push_back(sample_of(0, round++,
                                           {counted("instructions", instructions), counted("cache-misses", 30),
                                            of_other_pass("cache-references"), timed("wall-time", 400)}));
  }
  round = 0;
  for (const std::uint64_t instructions : second) {
    experiment.samples.push_back(sample_of(0, round++,
                                           {counted("instructions", instructions), of_other_pass("cache-misses"),
                                            counted("cache-references", 150), timed("wall-time", 600)}));
    experiment.samples.back().event_pass = 1;
  }
  return experiment;
}

constexpr const char* kPasses =
    "counted in 2 passes, each in runs of its own, so that no counter was shared: (1) instructions, cache-misses; (2) "
    "instructions, cache-references";
constexpr const char* kParted = "no cache-miss-rate: cache-misses, cache-references do not fit into one pass";

TEST(EventPasses, OnePassNeedsNoWord) {
  Experiment experiment = in_two_passes({1000}, {1000});
  experiment.event_passes.clear();
  EXPECT_THAT(event_pass_sentences(experiment), IsEmpty());
}

TEST(EventPasses, EachIsListedAndTheRatiosThatNoPassHas) {
  EXPECT_THAT(event_pass_sentences(in_two_passes({1000, 1001}, {1000, 1002})), ElementsAre(kPasses, kParted));
  Experiment experiment = in_two_passes({1000}, {1000});
  experiment.event_passes[0].emplace_back("cache-references");
  EXPECT_EQ(event_pass_sentences(experiment).size(), 1u) << "one pass with both is enough";
}

TEST(EventPasses, AnchorsThatDisagreeAreToldInOneSentence) {
  EXPECT_THAT(event_pass_sentences(in_two_passes({1000, 1001, 1002}, {1121, 1122, 1123})),
              ElementsAre(kPasses,
                          "a: the passes were not alike, instructions differs by 12.1 % between pass 1 and pass 2; do "
                          "not compare its counts of different passes",
                          kParted));
}

TEST(EventPasses, WhatStraysAsMuchWithinAPassDisagreesWithNobody) {
  EXPECT_THAT(event_pass_sentences(in_two_passes({1000, 1200}, {1100, 1300})), ElementsAre(kPasses, kParted));
  EXPECT_THAT(event_pass_sentences(in_two_passes({1000}, {1009})), ElementsAre(kPasses, kParted)) << "within 1 %";
}

TEST(EventPasses, AnEventIsJudgedByTheSamplesOfItsPass) {
  const Experiment experiment = in_two_passes({1000, 1001}, {1002, 1003});
  const Aggregate misses = aggregate(experiment, 0, 1);
  EXPECT_EQ(misses.completed, 2u);
  EXPECT_EQ(misses.n, 2u);
  EXPECT_FALSE(misses.missing) << "the other pass says nothing of it";
  EXPECT_EQ(aggregate(experiment, 0, 0).n, 4u) << "the anchor is counted in every sample";
  EXPECT_EQ(aggregate(experiment, 0, 3).median, 500);
}

TEST(EventPasses, AnEventWhosePassNeverRanHasNoSample) {
  const Experiment experiment = in_two_passes({1000, 1001}, {});
  const Aggregate references = aggregate(experiment, 0, 2);
  EXPECT_EQ(references.n, 0u);
  EXPECT_EQ(references.missing->reason, AbsenceReason::no_sample);
}

TEST(EventPasses, BothTablesSayIt) {
  const StatSummary summary = summarise(in_two_passes({1000, 1001}, {1002, 1003}), 0);
  EXPECT_THAT(summary.notes, ElementsAre(kPasses, kParted));
  EXPECT_EQ(summary.passes, 2u);
  EXPECT_THAT(summary.footnotes, IsEmpty());
  const Comparison comparison = compare_variants(in_two_passes({1000, 1001}, {1002, 1003}, Kind::comparison));
  EXPECT_THAT(comparison.notes, ElementsAre(kPasses, kParted));
  EXPECT_EQ(comparison.passes, 2u);
  EXPECT_THAT(comparison.footnotes, IsEmpty());
}

TEST(EventPasses, RatiosOfCountersThatTookTurnsAreNamed) {
  Experiment experiment = in_two_passes({1000}, {});
  experiment.event_passes.clear();
  Sample& sample = experiment.samples.front();
  sample.readings[1] = testing::multiplexed(counted("cache-misses", 30), 3, 20);
  sample.readings[2] = testing::multiplexed(counted("cache-references", 150), 4, 20);
  const std::string none =
      "no cache-miss-rate: cache-misses and cache-references took turns on the PMU: of counts of different times no "
      "ratio is made";
  EXPECT_THAT(event_pass_sentences(experiment), ElementsAre(none));
  sample.readings[1].time_running = 4;
  sample.readings[1].group = sample.readings[2].group = 1;
  EXPECT_THAT(event_pass_sentences(experiment), IsEmpty());
}

TEST(EventPasses, ASumOverTypesOfCoresIsNeverScaledAndSaysSo) {
  Experiment experiment = experiment_of(Kind::stat, {"a"}, {"cycles"}, 1);
  Reading cycles = counted("cycles", 300);
  cycles.time_enabled = 1000;
  cycles.time_running = 150;
  cycles.cores = {{"cpu_atom", std::nullopt, 850, 0}, {"cpu_core", 300, 150, 150}};
  experiment.samples.push_back(sample_of(0, 0, {cycles}));
  const StatSummary summary = summarise(experiment, 0);
  EXPECT_EQ(summary.rows[0].sum.median, 300);
  EXPECT_DOUBLE_EQ(summary.rows[0].sum.coverage, 0.15);
  EXPECT_THAT(
      summary.footnotes,
      ElementsAre("the event is not counted on the cores of cpu_atom, where the program ran as well; a sum over "
                  "types of cores is never scaled: the true count is higher"));
}

}  // namespace
}  // namespace countercheck
