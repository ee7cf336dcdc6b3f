#include "analysis/plausibility.hpp"

#include <gmock/gmock.h>

#include "analysis/comparison.hpp"
#include "analysis/stat_summary.hpp"
#include "tests/unit/analysis/experiments.hpp"

namespace countercheck {
namespace {

using testing::counted;
using ::testing::ElementsAre;
using testing::experiment_of;
using ::testing::IsEmpty;
using testing::multiplexed;
using testing::sample_of;

Experiment of_readings(const std::vector<Reading>& readings, Kind kind = Kind::stat) {
  Experiment experiment = experiment_of(kind, {"a"}, {}, 1);
  for (const Reading& reading : readings) experiment.events.push_back(reading.event);
  experiment.samples.push_back(sample_of(0, 0, readings));
  return experiment;
}

std::vector<std::string> told(const std::vector<Reading>& readings, std::size_t event) {
  return implausibilities(of_readings(readings), 0, event, Pass::measured);
}

constexpr const char* kLevels =
    "more LLC-load-misses than L1-dcache-load-misses: one of the two counts something else than its name says, such as "
    "prefetches";

TEST(Plausibility, ALowerLevelCannotMissMoreOften) {
  EXPECT_THAT(told({counted("L1-dcache-load-misses", 20), counted("LLC-load-misses", 21)}, 1), ElementsAre(kLevels));
  EXPECT_THAT(told({counted("L1-dcache-load-misses", 20), counted("LLC-load-misses", 20)}, 1), IsEmpty());
  EXPECT_THAT(told({counted("L1-dcache-load-misses", 20), counted("LLC-load-misses", 21)}, 0), IsEmpty())
      << "it is said once, at the smaller one";
}

TEST(Plausibility, BranchesAreInstructions) {
  EXPECT_THAT(told({counted("branches:u", 3, Source::pmu, Privilege::user),
                    counted("instructions:u", 2, Source::pmu, Privilege::user)},
                   0),
              ElementsAre("cannot be right: more branches than instructions"));
}

TEST(Plausibility, CountsOfDifferentKindsProveNothing) {
  EXPECT_THAT(told({counted("branches", 3), counted("instructions", 2, Source::pmu, Privilege::user)}, 0), IsEmpty());
  EXPECT_THAT(told({counted("branches", 3), counted("instructions", 2, Source::sim)}, 0), IsEmpty());
  EXPECT_THAT(told({counted("branches", 3), multiplexed(counted("instructions", 2), 3, 20)}, 0), IsEmpty());
}

TEST(Plausibility, ItIsSaidUnderBothTables) {
  const std::vector<Reading> readings = {counted("L1-dcache-load-misses", 20), counted("LLC-load-misses", 21)};
  const StatSummary summary = summarise(of_readings(readings), 0);
  EXPECT_THAT(summary.footnotes, ElementsAre(kLevels));
  EXPECT_THAT(summary.rows[1].notes, ElementsAre(0U));
  EXPECT_THAT(compare_variants(of_readings(readings, Kind::comparison)).footnotes, ElementsAre(kLevels));
}

}  // namespace
}  // namespace countercheck
