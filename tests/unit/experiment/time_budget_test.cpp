#include "experiment/time_budget.hpp"

#include <gtest/gtest.h>

namespace countercheck {
namespace {

constexpr double kSeconds = 1e9;

Reading time_of(const std::string& event, double seconds) {
  return {.event = event,
          .source = Source::clock,
          .unit = Unit::nanoseconds,
          .value = static_cast<std::uint64_t>(seconds * kSeconds)};
}

Sample measured(std::size_t variant, double lasted, double wall, double user, double system) {
  return {.variant = variant,
          .lasted = static_cast<std::uint64_t>(lasted * kSeconds),
          .readings = {time_of("wall-time", wall), time_of("user-time", user), time_of("system-time", system)}};
}

Experiment experiment_with(std::vector<Sample> samples, bool region) {
  Experiment experiment{.kind = Kind::comparison, .region = region, .simulation = Simulation{.machine = "book"}};
  experiment.variants.resize(2);
  experiment.samples = std::move(samples);
  return experiment;
}

TEST(TimeBudget, WaitingIsNotSlowedDown) {
  // 0.5 s on a CPU, 9.5 s asleep.
  const Experiment experiment = experiment_with({measured(0, 10, 10, 0.4, 0.1)}, false);
  EXPECT_NEAR(*simulation_seconds(experiment, EngineKind::countercheck), 0.5 * 20 + 9.5 + 0.5, 1e-6);
  EXPECT_NEAR(*simulation_seconds(experiment, EngineKind::cachegrind), 0.5 * 40 + 9.5 + 0.5, 1e-6);
}

TEST(TimeBudget, FewerStepsShortenTheRegionOnly) {
  Experiment experiment = experiment_with({measured(0, 3, 2, 2, 0), measured(1, 1, 0.5, 0.5, 0)}, true);
  experiment.variants[0].simulated = ShortRun{{}, 3, 20};
  EXPECT_NEAR(*simulation_seconds(experiment, EngineKind::countercheck),
              (1 + 2 * 0.15) * 20 + 0.5 + (0.5 + 0.5) * 20 + 0.5, 1e-6);
}

TEST(TimeBudget, OnlyWhatCompletedTells) {
  Sample failed = measured(0, 10, 10, 10, 0);
  failed.ending = Ending::failed;
  EXPECT_FALSE(simulation_seconds(experiment_with({failed}, false), EngineKind::countercheck));
  Sample simulated = measured(1, 10, 0, 0, 0);
  simulated.pass = Pass::simulated;
  EXPECT_FALSE(simulation_seconds(experiment_with({simulated}, false), EngineKind::countercheck));
}

TEST(TimeBudget, TheAnnouncementSaysHowToSkipIt) {
  Experiment experiment = experiment_with({}, true);
  EXPECT_EQ(announcement(experiment, 13, 40.2),
            "simulating 13 variants on machine book: about 40 s; --source measured skips it");
  experiment.kind = Kind::stat;
  EXPECT_EQ(announcement(experiment, 1, 600),
            "simulating the command on machine book: about 10 min; --source measured skips it");
}

}  // namespace
}  // namespace countercheck
