#include "analysis/stat_summary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

Experiment of_readings(const std::vector<Reading>& readings) {
  Experiment experiment = experiment_of(Kind::stat, {"a"}, {}, 1);
  for (const Reading& reading : readings) experiment.events.push_back(reading.event);
  experiment.samples.push_back(sample_of(0, 0, readings));
  return experiment;
}

std::vector<std::string> keys(const StatRow& row) {
  std::vector<std::string> all;
  for (const Annotation& annotation : row.annotations) all.emplace_back(annotation.metric->key);
  return all;
}

TEST(StatSummary, ACountHasItsOwnMetricsOrElseARate) {
  const Reading task = timed("task-clock", 1'000'000, Source::kernel);
  const StatSummary summary =
      summarise(of_readings({counted("instructions", 4), counted("cycles", 2), counted("stalled-cycles-backend", 1),
                             counted("branches", 3), counted("branch-misses", 1), counted("cache-misses", 1), task}),
                0);
  EXPECT_THAT(keys(summary.rows[0]), ElementsAre("insns-per-cycle", "stalled-cycles-per-insn"));
  EXPECT_THAT(keys(summary.rows[1]), ElementsAre("clock"));
  EXPECT_THAT(keys(summary.rows[2]), ElementsAre("backend-cycles-idle"));
  EXPECT_THAT(keys(summary.rows[3]), ElementsAre("rate"));
  EXPECT_THAT(keys(summary.rows[4]), ElementsAre("branch-miss-rate"));
  EXPECT_THAT(keys(summary.rows[5]), ElementsAre("cache-mpki"));
  EXPECT_THAT(keys(summary.rows[6]), IsEmpty());
}

TEST(StatSummary, UserCyclesAreARateAndNoClock) {
  const StatSummary summary = summarise(of_readings({counted("cycles", 3'000'000, Source::pmu, Privilege::user),
                                                     timed("task-clock", 1'000'000, Source::kernel)}),
                                        0);
  EXPECT_EQ(summary.rows[0].name, "cycles:u");
  EXPECT_THAT(keys(summary.rows[0]), ElementsAre("rate"));
}

TEST(StatSummary, ARowThatWasNotCountedStaysWithItsReason) {
  const StatSummary summary = summarise(of_readings({absent("cycles", AbsenceReason::no_pmu, "no PMU here"),
                                                     absent("instructions", AbsenceReason::no_pmu, "no PMU here"),
                                                     absent("cache-misses", AbsenceReason::busy, "taken")}),
                                        0);
  EXPECT_THAT(summary.footnotes, ElementsAre("no PMU here", "taken"));
  EXPECT_THAT(summary.rows[1].notes, ElementsAre(0U));
  EXPECT_THAT(summary.rows[2].notes, ElementsAre(1U));
  EXPECT_EQ(summary.rows[0].name, "cycles");
}

TEST(StatSummary, TheCommandLineIsTheTitle) {
  Experiment experiment = of_readings({counted("cycles", 1)});
  EXPECT_EQ(summarise(experiment, 0).command, "./a.out");
  experiment.title.clear();
  EXPECT_EQ(summarise(experiment, 0).command, "a");
}

}  // namespace
}  // namespace countercheck
