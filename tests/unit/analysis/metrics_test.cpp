#include "analysis/metrics.hpp"

#include <gmock/gmock.h>

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

// A key may be there for several makers; for one CPU each row has it once.
TEST(Metrics, EachKeyIsThereOnceAndBelongsToARow) {
  std::set<std::string> keys;
  for (const Metric& row : metrics()) {
    const std::string whose = std::string(row.key) + " of " + std::string(row.cpus) + " " + std::string(row.event);
    EXPECT_TRUE(keys.insert(whose).second) << whose;
    EXPECT_FALSE(row.event.empty()) << row.key;
    EXPECT_EQ(base_name(row.event), row.event);
    EXPECT_GT(row.scale, 0);
    EXPECT_FALSE(row.below[0].event.empty()) << row.key;
    EXPECT_TRUE(row.cpus.empty() || !row.source.empty()) << row.key << " is a maker's and names no source";
  }
}

TEST(Metrics, EveryFormulaIsWritten) {
  EXPECT_EQ(formula(metric("insns-per-cycle")), "instructions / cycles");
  EXPECT_EQ(formula(metric("cache-miss-rate")), "100 x cache-misses / cache-references");
  EXPECT_EQ(formula(metric("cache-mpki")), "1000 x cache-misses / instructions");
  EXPECT_EQ(formula(metric("stalled-cycles-per-insn")),
            "larger of (stalled-cycles-frontend, stalled-cycles-backend) / instructions");
  EXPECT_EQ(formula(metric("memory-read-estimate")), "bytes of a cache line x LLC-load-misses / wall-time");
  EXPECT_EQ(formula(metric("retiring")),
            "100 x topdown-retiring / (topdown-retiring + topdown-bad-spec + topdown-fe-bound + topdown-be-bound)");
  EXPECT_EQ(formula(metric("smt-contention")),
            "100 x de_no_dispatch_per_slot.smt_contention / (6 x ls_not_halted_cyc)");
}

TEST(Metrics, BadSpeculationIsWhatWasDispatchedAndNotRetired) {
  for (const Metric& row : metrics()) {
    if (row.key != "bad-speculation" || row.cpus != "AuthenticAMD-1A-") continue;
    EXPECT_EQ(formula(row), "100 x (de_src_op_disp.all - ex_ret_ops) / (8 x ls_not_halted_cyc)");
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

TEST(Metrics, CountsOfDifferentTimesFormNoRatio) {
  const auto figure =
      of_readings("branch-miss-rate", {multiplexed(counted("branch-misses", 30), 3, 20), counted("branches", 1000)});
  EXPECT_EQ(figure->absence->sentence,
            "branch-misses and branches took turns on the PMU: of counts of different times no ratio is made");
}

TEST(Metrics, CountersOfOneGroupWereOnAtTheSameTimes) {
  Reading misses = multiplexed(counted("branch-misses", 30), 3, 20);
  Reading all = multiplexed(counted("branches", 150), 3, 20);
  misses.group = all.group = 2;
  const auto figure = of_readings("branch-miss-rate", {misses, all});
  EXPECT_DOUBLE_EQ(figure->of_means, 20);
  EXPECT_DOUBLE_EQ(figure->coverage, 0.15);
  all.group = 1;
  EXPECT_TRUE(of_readings("branch-miss-rate", {misses, all})->absence) << "another group had other times";
}

TEST(Metrics, AnEstimateMayBeDividedByATime) {
  // 30 seen in 3 of 20 are 200.
  const Reading cycles = multiplexed(counted("cycles", 30), 3, 20);
  const auto figure = of_readings("clock", {cycles, timed("task-clock", 100, Source::kernel)});
  EXPECT_DOUBLE_EQ(figure->of_means, 2);
  EXPECT_DOUBLE_EQ(figure->coverage, 0.15);
}

Reading of_other_pass(const std::string& event) {
  return absent(event, AbsenceReason::other_pass, "it is counted in other samples, in another pass");
}

TEST(Metrics, ARatioComesFromThePassThatHasBothParts) {
  const Experiment experiment = of_samples({{counted("cache-misses", 30), counted("cache-references", 150)},
                                            {of_other_pass("cache-misses"), counted("cache-references", 9)}});
  const auto figure = evaluate(metric("cache-miss-rate"), experiment, 0, 0);
  EXPECT_EQ(figure->n, 1U);
  EXPECT_DOUBLE_EQ(figure->of_means, 20);
}

TEST(Metrics, PartsOfDifferentPassesFormNoRatio) {
  const Experiment experiment = of_samples({{counted("cache-misses", 30), of_other_pass("cache-references")},
                                            {of_other_pass("cache-misses"), counted("cache-references", 150)}});
  EXPECT_EQ(evaluate(metric("cache-miss-rate"), experiment, 0, 0)->absence->sentence,
            "cache-misses and cache-references were counted in different passes: no ratio is made of them");
}

// The larger of two is not known where only one was counted.
TEST(Metrics, TheLargerStallIsTakenFromOnePass) {
  const Experiment experiment = of_samples(
      {{counted("instructions", 100), counted("stalled-cycles-frontend", 20), of_other_pass("stalled-cycles-backend")},
       {counted("instructions", 100), of_other_pass("stalled-cycles-frontend"),
        counted("stalled-cycles-backend", 50)}});
  EXPECT_TRUE(evaluate(metric("stalled-cycles-per-insn"), experiment, 0, 0)->absence);
}

TEST(Metrics, MissesPerThousandInstructions) {
  EXPECT_DOUBLE_EQ(of_readings("LLC-mpki", {counted("LLC-load-misses", 3), counted("instructions", 2000)})->of_means,
                   1.5);
  EXPECT_TRUE(metric("LLC-mpki").alone) << "where a rate says more it is left out";
}

TEST(Metrics, MemoryTrafficIsLinesTimesMisses) {
  Experiment experiment = of_samples({{counted("LLC-load-misses", 3), timed("wall-time", 20)}});
  EXPECT_EQ(evaluate(metric("memory-read-estimate"), experiment, 0, 0)->absence->sentence,
            "how many bytes a line of the last cache level has is not known");
  experiment.machine.caches = {{.level = 1, .type = "data", .line = 32}, {.level = 3, .type = "unified", .line = 128}};
  EXPECT_DOUBLE_EQ(evaluate(metric("memory-read-estimate"), experiment, 0, 0)->of_means, 19.2);  // 3 x 128 B / 20 ns
}

TEST(Metrics, IntelsTopDownSharesAddUpToAll) {
  const std::vector<Reading> readings = {counted("topdown-retiring", 10), counted("topdown-bad-spec", 4),
                                         counted("topdown-fe-bound", 6), counted("topdown-be-bound", 20)};
  const Experiment experiment = of_samples({readings});
  double all = 0;
  for (std::size_t event = 0; event < readings.size(); ++event) {
    for (const Metric& row : metrics()) {
      if (row.event == readings[event].event) all += evaluate(row, experiment, 0, event)->of_means;
    }
  }
  EXPECT_DOUBLE_EQ(all, 100);
  EXPECT_DOUBLE_EQ(of_readings("retiring", readings)->of_means, 25);
}

// 600 slots of Zen 4 in 100 cycles, 800 of Zen 5.
TEST(Metrics, AmdsTopDownSharesAreOfTheSlotsOfTheCore) {
  Experiment experiment =
      of_samples({{counted("ls_not_halted_cyc", 100), counted("ex_ret_ops", 240), counted("de_src_op_disp.all", 300)}});
  const auto value = [&](std::string_view key, std::size_t event) {
    for (const Metric& row : metrics()) {
      if (row.key != key || row.event != experiment.events[event]) continue;
      if (const auto figure = evaluate(row, experiment, 0, event)) return figure->of_means;
    }
    return -1.0;
  };
  EXPECT_EQ(value("retiring", 1), -1) << "no machine is known";
  experiment.machine.cpu_id = "AuthenticAMD-19-11-1";
  EXPECT_DOUBLE_EQ(value("retiring", 1), 40);
  EXPECT_DOUBLE_EQ(value("bad-speculation", 2), 10);
  experiment.machine.cpu_id = "AuthenticAMD-1A-44-0";
  EXPECT_DOUBLE_EQ(value("retiring", 1), 30);
  EXPECT_DOUBLE_EQ(value("bad-speculation", 2), 7.5);
}

TEST(Metrics, CompanionsAreThoseOfOneRatioAndLevel) {
  using ::testing::ElementsAre;
  using Indexes = std::vector<std::size_t>;
  EXPECT_THAT(companions({"instructions", "cycles", "task-clock", "cache-misses:u", "cache-references"}),
              ElementsAre(Indexes{1, 2}, Indexes{0, 1}))
      << "cache-misses:u is no companion of cache-references";
  EXPECT_THAT(companions({"branches:u", "branch-misses:u"}), ElementsAre(Indexes{1, 0}));
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
