#include "analysis/passes.hpp"

#include <gmock/gmock.h>

#include "analysis/aggregate.hpp"
#include "analysis/comparison.hpp"
#include "analysis/digests.hpp"
#include "analysis/stat_summary.hpp"
#include "tests/unit/analysis/simulated.hpp"

namespace countercheck {
namespace {

using ::testing::ElementsAre;
using testing::scored;

constexpr std::size_t kInstructions = 0, kTaskClock = 1, kMisses = 3;

const Row& row(const Comparison& comparison, const std::string& key) {
  for (const Row& row : comparison.rows) {
    if (row.key == key) return row;
  }
  ADD_FAILURE() << key;
  return comparison.rows.front();
}

std::vector<std::string> keys(const Comparison& comparison) {
  std::vector<std::string> keys;
  for (const Row& row : comparison.rows) keys.push_back(row.key);
  return keys;
}

TEST(Passes, ARowIsMeasuredWhereItCanBeAndSimulatedElse) {
  const Experiment experiment = scored();
  EXPECT_EQ(main_pass(experiment), Pass::measured);
  EXPECT_EQ(pass_shown(experiment, kInstructions), Pass::measured);
  EXPECT_TRUE(is_scored(experiment, kInstructions));
  EXPECT_EQ(pass_shown(experiment, kMisses), Pass::simulated);
  EXPECT_FALSE(is_scored(experiment, kMisses));
  EXPECT_EQ(pass_shown(experiment, kTaskClock), Pass::measured);
}

TEST(Passes, WhereNobodyHasAValueTheReasonThatSaysMoreIsShown) {
  Experiment experiment = scored();
  for (Sample& sample : experiment.samples) {
    const bool simulated = sample.pass == Pass::simulated;
    sample.readings[kMisses] = simulated
                                   ? testing::absent("cache-misses", AbsenceReason::not_simulated, "it was killed")
                                   : testing::absent("cache-misses", AbsenceReason::no_pmu, "no PMU");
    sample.readings[kTaskClock] =
        simulated ? testing::absent("task-clock", AbsenceReason::unsupported, "the simulator does not tell it")
                  : testing::absent("task-clock", AbsenceReason::blocked, "a filter");
  }
  EXPECT_EQ(pass_shown(experiment, kMisses), Pass::simulated);
  EXPECT_EQ(pass_shown(experiment, kTaskClock), Pass::measured);
}

TEST(Passes, AFailedSimulationSaysWhyInItsReadings) {
  Experiment experiment = scored();
  Sample& simulated = experiment.samples.back();
  simulated.ending = Ending::signalled;
  simulated.status = 4;
  simulated.readings[kMisses] = testing::absent("cache-misses", AbsenceReason::not_simulated, "AVX-512");
  const Aggregate sum = aggregate(experiment, 1, kMisses, Per::sample, Pass::simulated);
  EXPECT_EQ(sum.n, 0u);
  EXPECT_EQ(sum.missing->sentence, "AVX-512");
  const Comparison comparison = compare_variants(experiment);
  EXPECT_EQ(row(comparison, "cache-misses").cells[1].absence->sentence, "AVX-512");
  EXPECT_EQ(comparison.columns[1].outcome.taken, 2u) << "no measured sample failed";
  EXPECT_TRUE(comparison.columns[1].outcome.failures.empty());
}

TEST(Passes, ScalingIsForWhoAsksAndNeverPerItem) {
  Experiment experiment = scored();
  EXPECT_EQ(aggregate(experiment, 0, kMisses, Per::sample, Pass::simulated).median, 60'000'000);
  experiment.simulation->scaled = true;
  EXPECT_EQ(aggregate(experiment, 0, kMisses, Per::sample, Pass::simulated).median, 400'000'000);
  EXPECT_EQ(aggregate(experiment, 0, kMisses, Per::work_item, Pass::simulated).median, 20'000'000);
  EXPECT_EQ(aggregate(experiment, 0, kInstructions).median, 8'000.5) << "what was measured is never scaled";
}

TEST(Passes, TheSimulatorIsScoredByWhatWasCounted) {
  Experiment experiment = scored();  // 1,206 and 297 of 3 steps: 8,040 and 1,980 of 20
  const Comparison unscaled = compare_variants(experiment);
  EXPECT_EQ(row(unscaled, "instructions-simulated").cells[0].median, 1'206);
  EXPECT_NEAR(row(unscaled, "instructions-simulated-difference").cells[0].median, 100 * (8'040 / 8'000.5 - 1), 1e-9);
  EXPECT_EQ(unscaled.footnotes.front(), "between all steps counted and the simulated ones taken for all");

  experiment.simulation->scaled = true;
  const Comparison comparison = compare_variants(experiment);
  EXPECT_THAT(keys(comparison), ElementsAre("wall-time", "wall-time-per-item", "instructions", "instructions-per-item",
                                            "instructions-simulated", "instructions-simulated-difference", "task-clock",
                                            "cpus-utilized", "cache-references", "cache-misses", "cache-miss-rate"));
  EXPECT_EQ(row(comparison, "instructions").source, Source::pmu);
  EXPECT_EQ(row(comparison, "instructions-simulated").source, Source::sim);
  EXPECT_EQ(row(comparison, "instructions-simulated").cells[0].median, 8'040);
  const Row& difference = row(comparison, "instructions-simulated-difference");
  EXPECT_NEAR(difference.cells[0].median, 100 * (8'040 / 8'000.5 - 1), 1e-9);
  EXPECT_NEAR(difference.cells[1].median, 100 * (1'980 / 2'000.5 - 1), 1e-9);
}

TEST(Passes, QuotientsComeFromOnePass) {
  const Comparison comparison = compare_variants(scored());
  EXPECT_EQ(row(comparison, "cache-miss-rate").cells[0].median, 20);
  EXPECT_EQ(row(comparison, "cache-miss-rate").cells[1].median, 10);
  for (const Row& each : comparison.rows) EXPECT_NE(each.key, "insns-per-cycle");
}

TEST(Passes, ASimulationOfFewerStepsIsNoWrongResult) {
  const Experiment experiment = scored();
  for (const auto& finding : check_digests(experiment)) EXPECT_EQ(finding.verdict, DigestVerdict::agrees);
  EXPECT_EQ(compare_variants(experiment).columns[0].outcome.work_items, (Span{20, 20}));
}

// Instructions are counted and cache misses are not: a quotient of both would be of two executions.
TEST(Passes, SimulatedMissesAreHeldAgainstSimulatedInstructions) {
  const Factors factors = compare_variants(scored()).factors;
  const auto misses = std::find_if(factors.others.begin(), factors.others.end(),
                                   [](const auto& other) { return other.second.key == "cache-mpki"; });
  ASSERT_NE(misses, factors.others.end());
  EXPECT_TRUE(misses->second.simulated);
  EXPECT_NEAR(misses->second.baseline, 60e9 / 1206, 1e-6);
  EXPECT_NEAR(misses->second.variant, 9e9 / 297, 1e-6);
  EXPECT_EQ(misses->second.direction, Direction::less);
}

TEST(Passes, WhereNothingWasMeasuredTheSimulatedSamplesAreTheOnes) {
  Experiment experiment = scored();
  std::erase_if(experiment.samples, [](const Sample& sample) { return sample.pass == Pass::measured; });
  EXPECT_EQ(main_pass(experiment), Pass::simulated);
  const Comparison comparison = compare_variants(experiment);
  EXPECT_EQ(comparison.columns[0].outcome.completed, 1u);
  EXPECT_TRUE(comparison.ranking.empty());
  EXPECT_EQ(row(comparison, "instructions").source, Source::sim);
  EXPECT_EQ(*row(comparison, "instructions").cells[1].ratio, 297.0 / 1'206);
}

TEST(Passes, TheBlockHasTheSimulatedCountBelowTheCountedOne) {
  Experiment experiment = scored(Kind::stat);
  const StatSummary summary = summarise(experiment, 0);
  ASSERT_EQ(summary.rows.size(), 6u);
  EXPECT_EQ(summary.rows[0].sum.source, Source::pmu);
  EXPECT_EQ(summary.rows[1].event, "instructions");
  EXPECT_EQ(summary.rows[1].sum.source, Source::sim);
  EXPECT_NEAR(*summary.rows[1].off_by, 1'206 / 8'000.5 - 1, 1e-12);
  EXPECT_TRUE(summary.processes.empty()) << "one thread in one process: the block has all of it";
  experiment.samples[4].processes.push_back({.pid = 99, .image = 0, .program = "/bin/y", .threads = {{1, 2, 3}}});
  EXPECT_EQ(summarise(experiment, 0).processes.size(), 2u);
}

}  // namespace
}  // namespace countercheck
