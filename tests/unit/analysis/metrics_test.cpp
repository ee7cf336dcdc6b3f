#include "analysis/metrics.hpp"

#include <gtest/gtest.h>

#include <set>

#include "analysis/event_names.hpp"
#include "tests/unit/analysis/experiments.hpp"

namespace countercheck {
namespace {

using testing::absent;
using testing::counted;
using testing::experiment_of;
using testing::multiplexed;
using testing::sample_of;
using testing::timed;

const Metric& metric(std::string_view key) {
  for (const Metric& row : metrics()) {
    if (row.key == key) return row;
  }
  throw std::out_of_range("no such metric");
}

// One variant; the events are those of the first sample's readings.
Experiment of_samples(const std::vector<std::vector<Reading>>& samples) {
  Experiment experiment = experiment_of(Kind::stat, {"a"}, {}, static_cast<unsigned>(samples.size()));
  for (const Reading& reading : samples.front()) experiment.events.push_back(reading.event);
  unsigned round = 0;
  for (const auto& readings : samples) experiment.samples.push_back(sample_of(0, round++, readings));
  return experiment;
}

std::optional<MetricFigure> of_readings(std::string_view key, const std::vector<Reading>& readings) {
  return evaluate(metric(key), of_samples({readings}), 0, 0);
}

TEST(Metrics, EachKeyIsThereOnceAndBelongsToARow) {
  std::set<std::string_view> keys;
  for (const Metric& row : metrics()) {
    EXPECT_TRUE(keys.insert(row.key).second) << row.key;
    EXPECT_FALSE(row.event.empty()) << row.key;
    EXPECT_EQ(base_name(row.event), row.event);
    EXPECT_GT(row.scale, 0);
  }
}

TEST(Metrics, TheQuotientOfTheMeansIsPerfsAndTheMedianIsOfTheSamples) {
  const Experiment experiment = of_samples({{counted("instructions", 100), counted("cycles", 100)},
                                            {counted("instructions", 300), counted("cycles", 100)},
                                            {counted("instructions", 500), counted("cycles", 400)}});
  const auto figure = evaluate(metric("insns-per-cycle"), experiment, 0, 0);
  EXPECT_DOUBLE_EQ(figure->of_means, 1.5);  // 900 / 600
  EXPECT_DOUBLE_EQ(figure->median, 1.25);   // of 1, 3 and 1.25
  EXPECT_DOUBLE_EQ(figure->mean, 1.75);
  EXPECT_EQ(figure->n, 3U);
}

TEST(Metrics, OnlySamplesWithBothPartsAreUsed) {
  const Experiment experiment =
      of_samples({{counted("instructions", 100), counted("cycles", 100)},
                  {counted("instructions", 900), absent("cycles", AbsenceReason::busy, "taken")}});
  const auto figure = evaluate(metric("insns-per-cycle"), experiment, 0, 0);
  EXPECT_DOUBLE_EQ(figure->of_means, 1);
  EXPECT_EQ(figure->n, 1U);
}

TEST(Metrics, APartThatWasNotAskedForMakesNoMetric) {
  EXPECT_FALSE(of_readings("insns-per-cycle", {counted("instructions", 100)}));
}

TEST(Metrics, APartThatCouldNotBeCountedIsTheReason) {
  const auto figure =
      of_readings("insns-per-cycle", {counted("instructions", 100), absent("cycles", AbsenceReason::busy, "taken")});
  EXPECT_EQ(figure->absence, (Absence{AbsenceReason::busy, "taken"}));
}

TEST(Metrics, DividingByNothingIsAnAbsence) {
  const auto figure = of_readings("cache-miss-rate", {counted("cache-misses", 0), counted("cache-references", 0)});
  EXPECT_EQ(figure->absence->sentence, "cache-references counted 0, so there is nothing to divide by");
}

TEST(Metrics, CountsOfDifferentLevelsFormNoQuotient) {
  EXPECT_FALSE(of_readings("insns-per-cycle",
                           {counted("instructions", 100, Source::pmu, Privilege::user), counted("cycles", 50)}));
  EXPECT_FALSE(of_readings("insns-per-cycle", {counted("instructions", 100, Source::sim), counted("cycles", 50)}));
}

TEST(Metrics, ThePartnerIsTheOneOfTheSameLevel) {
  const auto figure =
      of_readings("insns-per-cycle", {counted("instructions:u", 100, Source::pmu, Privilege::user),
                                      counted("cycles", 1000), counted("cycles:u", 50, Source::pmu, Privilege::user)});
  EXPECT_DOUBLE_EQ(figure->of_means, 2);
}

TEST(Metrics, AClockIsMadeOfAllCyclesOnly) {
  const Reading task = timed("task-clock", 2'000'000, Source::kernel);
  EXPECT_DOUBLE_EQ(of_readings("clock", {counted("cycles", 6'000'000), task})->of_means, 3);
  EXPECT_FALSE(of_readings("clock", {counted("cycles", 6'000'000, Source::pmu, Privilege::user), task}));
}

TEST(Metrics, ARateIsPerSecondOfCpuTimeWhateverTheLevel) {
  const auto per_second = [](const Reading& reading) {
    return evaluate(rate(), of_samples({{reading, timed("task-clock", 500'000'000, Source::kernel)}}), 0, 0);
  };
  EXPECT_DOUBLE_EQ(per_second(counted("page-faults", 10))->of_means, 20);
  EXPECT_DOUBLE_EQ(per_second(counted("cycles", 10, Source::pmu, Privilege::user))->of_means, 20);
  EXPECT_FALSE(per_second(counted("cache-misses", 10, Source::sim)));
}

TEST(Metrics, StalledCyclesPerInstructionTakeTheLargerStall) {
  const Reading instructions = counted("instructions", 100);
  const Reading front = counted("stalled-cycles-frontend", 20);
  const Reading back = counted("stalled-cycles-backend", 50);
  const Reading none = absent("stalled-cycles-backend", AbsenceReason::unsupported, "not here");
  const auto key = "stalled-cycles-per-insn";
  EXPECT_DOUBLE_EQ(of_readings(key, {instructions, front, back})->of_means, 0.5);
  EXPECT_DOUBLE_EQ(of_readings(key, {instructions, back, front})->of_means, 0.5);
  EXPECT_DOUBLE_EQ(of_readings(key, {instructions, front})->of_means, 0.2);
  EXPECT_DOUBLE_EQ(of_readings(key, {instructions, front, none})->of_means, 0.2);
  EXPECT_FALSE(of_readings(key, {instructions}));
}

TEST(Metrics, OneEstimatedPartMakesTheWholeAnEstimate) {
  // 30 seen in 3 of 20 are 200.
  const auto figure =
      of_readings("branch-miss-rate", {multiplexed(counted("branch-misses", 30), 3, 20), counted("branches", 1000)});
  EXPECT_DOUBLE_EQ(figure->of_means, 20);
  EXPECT_DOUBLE_EQ(figure->coverage, 0.15);
}

TEST(Metrics, WhatCannotBeRightIsSaid) {
  const auto more_misses =
      of_readings("cache-miss-rate", {counted("cache-misses", 101), counted("cache-references", 100)});
  EXPECT_TRUE(more_misses->impossible);
  EXPECT_FALSE(
      of_readings("cache-miss-rate", {counted("cache-misses", 100), counted("cache-references", 100)})->impossible);
  EXPECT_TRUE(of_readings("insns-per-cycle", {counted("instructions", 928), counted("cycles", 1)})->impossible);
  EXPECT_TRUE(of_readings("clock", {counted("cycles", 11), timed("task-clock", 1, Source::kernel)})->impossible);
}

}  // namespace
}  // namespace countercheck
