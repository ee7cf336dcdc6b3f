#include "analysis/trend.hpp"

#include <gmock/gmock.h>

#include <random>

#include "tests/unit/analysis/experiments.hpp"

namespace countercheck {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// One result: three rounds of one variant, whose times are `time` and a little around it.
TrendResult result_of(std::int64_t id, std::uint64_t time, std::uint64_t simulated = 5000) {
  TrendResult result{.id = id, .revision = "r" + std::to_string(id)};
  Experiment& experiment = result.experiment;
  experiment = testing::experiment_of(Kind::comparison, {"fast"}, {"instructions", "wall-time"}, 3);
  experiment.began = "2026-11-" + std::to_string(10 + id);
  experiment.machine.kernel = "6.1";
  for (unsigned round = 0; round < 3; ++round) {
    experiment.samples.push_back(testing::sample_of(
        0, round,
        {testing::absent("instructions", AbsenceReason::no_pmu, "no PMU"), testing::timed("wall-time", time + round)}));
    experiment.samples.back().digest = {std::uint64_t{7}};
  }
  experiment.simulation = Simulation{.engine = "engine", .machine = "book"};
  experiment.samples.push_back(testing::sample_of(0, 0,
                                                  {testing::counted("instructions", simulated, Source::sim),
                                                   testing::absent("wall-time", AbsenceReason::not_simulated, "-")}));
  experiment.samples.back().pass = Pass::simulated;
  experiment.samples.back().digest = {std::uint64_t{7}};
  return result;
}

// 2 * half results, the later half slower by 10 %, each with some noise.
std::vector<TrendResult> stepped(std::int64_t half) {
  std::mt19937_64 engine(3);
  std::vector<TrendResult> results;
  for (std::int64_t id = 0; id < 2 * half; ++id) {
    results.push_back(result_of(id, (id < half ? 1'000'000 : 1'100'000) + engine() % 10'000));
  }
  return results;
}

TEST(Trend, MarksTheChangeWithItsRevisionAndSize) {
  auto results = stepped(8);
  std::swap(results[2], results[11]);  // any order will do
  const Trend trend = trend_of(results, {.events = {"wall-time"}});
  ASSERT_THAT(trend.series, SizeIs(1));
  const TrendSeries& series = trend.series.front();
  EXPECT_EQ(series.name, "time");
  ASSERT_THAT(series.points, SizeIs(16));
  EXPECT_EQ(series.points[2].id, 2);
  EXPECT_EQ(series.points[2].n, 3U);
  ASSERT_THAT(series.changes, SizeIs(1));
  const TrendChange& change = series.changes.front();
  EXPECT_EQ(change.at, 8U);
  EXPECT_EQ(series.points[change.at].revision, "r8");
  EXPECT_EQ(change.since, "r7");
  EXPECT_FALSE(change.same_revision);
  EXPECT_EQ(change.n_before, 8U);
  EXPECT_EQ(change.n_after, 8U);
  EXPECT_NEAR(*change.ratio(), 1.1, 0.005);
  EXPECT_LE(change.p, 0.05);
  EXPECT_EQ(trend.tests, 1U);
}

TEST(Trend, ChangesWithinTheToleranceAreNotMarked) {
  EXPECT_THAT(trend_of(stepped(8), {.events = {"wall-time"}, .tolerance = 0.12}).series.front().changes, IsEmpty());
  std::vector<TrendResult> results;
  for (std::int64_t id = 0; id < 6; ++id) results.push_back(result_of(id, 1000, 5000 + 30 * static_cast<unsigned>(id)));
  const Trend trend = trend_of(results, {.events = {"instructions"}});
  ASSERT_THAT(trend.series.front().changes, SizeIs(2)) << "small steps that add up are seen";
  EXPECT_EQ(trend.series.front().changes[0].at, 2U) << "1.2 % above the first";
  EXPECT_EQ(trend.series.front().changes[1].at, 4U) << "1.2 % above the third";
}

TEST(Trend, SimulatedCountsAreComparedAsTheyAre) {
  const Trend trend = trend_of({result_of(1, 1000), result_of(2, 1000, 6000)}, {.events = {"instructions"}});
  ASSERT_THAT(trend.series, SizeIs(1));
  ASSERT_THAT(trend.series.front().changes, SizeIs(1));
  EXPECT_TRUE(trend.series.front().changes.front().exact);
  EXPECT_EQ(*trend.series.front().changes.front().ratio(), 1.2);
  EXPECT_EQ(trend.tests, 0U);
}

TEST(Trend, ASimulatedCountThatVariesWithinARevisionIsNotExact) {
  auto results = std::vector{result_of(1, 1000), result_of(2, 1000, 6000)};
  results[1].revision = results[0].revision;
  const Trend trend = trend_of(results, {.events = {"instructions"}});
  EXPECT_THAT(trend.series.front().changes, IsEmpty());
  EXPECT_TRUE(trend.series.front().too_short);
  for (TrendResult& result : results) result.revision += "-dirty";
  EXPECT_THAT(trend_of(results, {.events = {"instructions"}}).series.front().changes, SizeIs(1));
}

TEST(Trend, IsCutWhereTheMachineDiffersAndSimulatedCountsGoOn) {
  auto results = stepped(8);
  for (std::size_t at = 8; at < 16; ++at) results[at].experiment.machine.kernel = "6.2";
  const Trend trend = trend_of(results, {});
  ASSERT_THAT(trend.series, SizeIs(2));
  EXPECT_EQ(trend.series[0].event, "instructions");
  for (const TrendPoint& point : trend.series[0].points) EXPECT_EQ(point.cut, "");
  EXPECT_EQ(trend.series[1].points[8].cut, "the kernel is 6.2, not 6.1");
  EXPECT_THAT(trend.series[1].changes, IsEmpty()) << "times are never compared across machines";
}

TEST(Trend, IsCutWhereTheSimulationOrTheResultDiffers) {
  auto results = std::vector{result_of(1, 1000), result_of(2, 1000, 6000), result_of(3, 1000, 9000)};
  results[1].experiment.simulation->machine = results[2].experiment.simulation->machine = "zen4";
  for (Sample& sample : results[2].experiment.samples) sample.digest = {std::uint64_t{8}};
  const Trend trend = trend_of(results, {.events = {"instructions"}});
  const auto& points = trend.series.front().points;
  EXPECT_EQ(points[1].cut,
            "the simulation is engine of countercheck , machine zen4 (), for , not engine of countercheck , machine "
            "book (), for ");
  EXPECT_EQ(points[2].cut, "it computed another result");
  EXPECT_THAT(trend.series.front().changes, IsEmpty());
}

TEST(Trend, AbsencesKeepTheirPlaceAndTheSecondMeasurementIsLeftOut) {
  auto results = std::vector{result_of(1, 1000), result_of(2, 1000), result_of(3, 1000)};
  Experiment& second = results[1].experiment;
  for (Sample& sample : second.samples) {
    sample.readings[1] = testing::absent("wall-time", AbsenceReason::not_measurable, "the clock was away");
  }
  results[2].experiment.variants.push_back({.name = "fast again", .again = 0});
  const Trend trend = trend_of(results, {.events = {"wall-time"}});
  ASSERT_THAT(trend.series, SizeIs(1));
  ASSERT_THAT(trend.series.front().points, SizeIs(3));
  EXPECT_EQ(trend.series.front().points[1].absent, "the clock was away");
  EXPECT_FALSE(trend.series.front().points[1].value);
  EXPECT_TRUE(trend.series.front().too_short);
}

TEST(Trend, TheLevelIsSharedByAllSeriesThatAreTested) {
  auto results = stepped(8);
  for (TrendResult& result : results) {
    result.experiment.events.emplace_back("task-clock");
    for (Sample& sample : result.experiment.samples) {
      sample.readings.push_back(testing::timed("task-clock", *raw(result.experiment.samples[0].readings[1])));
    }
  }
  const Trend trend = trend_of(results, {.events = {"wall-time", "task-clock"}});
  EXPECT_EQ(trend.tests, 2U);
  EXPECT_GT(trend.fewest, 8U);
}

TEST(Trend, ParametersAndProblemsAreSeriesOfTheirOwn) {
  auto results = std::vector{result_of(1, 1000), result_of(2, 1000), result_of(3, 1000)};
  results[1].experiment.problem = "larger";
  results[2].experiment.variants[0].parameters = {{"size", "512"}};
  const Trend trend = trend_of(results, {.events = {"wall-time"}});
  ASSERT_THAT(trend.series, SizeIs(3));
  EXPECT_EQ(trend.series[2].parameters, "size=512");
}

}  // namespace
}  // namespace countercheck
