#include "experiment/counting.hpp"

#include <gmock/gmock.h>

#include "tests/unit/counters/scripted_pmu.hpp"

namespace countercheck {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::kCycles;
using testing::kInstructions;
using testing::ScriptedPmu;

class Preparing : public ::testing::Test {
 protected:
  void SetUp() override {
    ScriptedPmu::now() = ScriptedPmu();
    ScriptedPmu::now().units[0] = {2, {kCycles, kInstructions}};
  }
  static Companions no_companions(const std::vector<std::string>&) { return {}; }

  Counting prepare(const std::string& events, bool multiplex = false) {
    return prepare_counting(parse_events(events), multiplex, no_companions, place_, experiment_);
  }

  CountingPlace place_{.access = {.paranoid = 1}, .cpu = {}, .open = ScriptedPmu::open};
  Experiment experiment_;
};

TEST_F(Preparing, WhatFitsIsOnePassAndNeedsNoWord) {
  EXPECT_EQ(prepare("cycles,instructions,branches,page-faults").plan.passes.size(), 1u);
  EXPECT_THAT(experiment_.events, ElementsAre("cycles", "instructions", "branches", "page-faults"));
  EXPECT_THAT(experiment_.event_passes, IsEmpty());
  EXPECT_THAT(experiment_.notes, IsEmpty());
}

TEST_F(Preparing, ThePassesAreKeptByName) {
  const Counting counting = prepare("instructions,branches,branch-misses,cache-misses,page-faults");
  EXPECT_EQ(counting.plan.passes.size(), 2u);
  EXPECT_THAT(experiment_.event_passes, ElementsAre(ElementsAre("instructions", "branches", "branch-misses"),
                                                    ElementsAre("instructions", "cache-misses")));
  EXPECT_EQ(experiment_.anchor, "instructions");
  EXPECT_THAT(experiment_.notes, IsEmpty());
}

TEST_F(Preparing, TheAnchorIsAddedWhereNobodyAskedForIt) {
  prepare("branches,branch-misses,cache-misses,page-faults");
  EXPECT_THAT(experiment_.events,
              ElementsAre("instructions", "branches", "branch-misses", "cache-misses", "page-faults"));
  EXPECT_EQ(experiment_.anchor, "instructions");
  EXPECT_THAT(experiment_.notes,
              ElementsAre("instructions was added to the events: every pass counts it, so that the passes can be "
                          "compared"));
}

TEST_F(Preparing, WithoutAnAnchorItIsSaidThatNothingIsChecked) {
  ScriptedPmu::now().missing = {kInstructions};
  prepare("branches,branch-misses,cache-misses");
  EXPECT_EQ(experiment_.anchor, "");
  EXPECT_THAT(experiment_.notes,
              ElementsAre("instructions cannot be counted beside the other events: whether the passes "
                          "were alike is not checked"));
}

TEST_F(Preparing, APassWithoutRoomForTheAnchorIsNamed) {
  ScriptedPmu::now().units[0] = {1, {}};
  prepare("instructions,branches");
  EXPECT_THAT(
      experiment_.notes,
      ElementsAre("pass 2 had no counter left for instructions: whether it was like the others is not checked"));
}

TEST_F(Preparing, TheWatchdogIsNamedWhereItMayCostAPass) {
  place_.access.watchdog = true;
  prepare("instructions,branches,branch-misses,cache-misses");
  EXPECT_THAT(experiment_.notes, ElementsAre("the NMI watchdog holds a counter of the PMU; without it fewer passes may "
                                             "do: sudo sysctl kernel.nmi_watchdog=0"));
}

TEST_F(Preparing, AnEventThatStarvesAloneIsAbsent) {
  ScriptedPmu::now().units[0] = {0, {kInstructions}};
  const Counting counting = prepare("instructions,branches");
  EXPECT_EQ(std::get<Absence>(counting.countables[1].by),
            (Absence{AbsenceReason::never_scheduled,
                     "the event opens and never gets a counter of the PMU, not even alone: another program or the NMI "
                     "watchdog holds what it needs"}));
  EXPECT_THAT(experiment_.event_passes, IsEmpty());
}

TEST_F(Preparing, MultiplexedEverythingIsOnePass) {
  const Counting counting = prepare("instructions,branches,branch-misses,cache-misses", true);
  EXPECT_EQ(counting.plan.passes.size(), 1u);
  EXPECT_EQ(counting.plan.passes[0].size(), 4u) << "without a ratio each takes its own turns";
  EXPECT_THAT(experiment_.event_passes, IsEmpty());
}

TEST_F(Preparing, AHybridMachineAndAMaskedModelAreToldWhereHardwareIsCounted) {
  place_.access.cores = {{"cpu_atom", 10, ""}, {"cpu_core", 4, ""}};
  place_.cpu = {"GenuineIntel", 6, 0x2a, {"avx512f"}};
  ScriptedPmu::now().units = {{10, {8, {}}}, {4, {8, {}}}};
  prepare("page-faults");
  EXPECT_THAT(experiment_.notes, IsEmpty());
  experiment_ = {};
  prepare("cycles,page-faults");
  EXPECT_THAT(
      experiment_.notes,
      ElementsAre("this machine has 2 types of cores: hardware events are counted by the PMU of each (cpu_atom, "
                  "cpu_core) and summed, never scaled",
                  *contradiction(place_.cpu)));
}

}  // namespace
}  // namespace countercheck
