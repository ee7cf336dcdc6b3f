#include "counters/pass_plan.hpp"

#include <gmock/gmock.h>

#include <string>

#include "tests/unit/counters/scripted_pmu.hpp"

namespace countercheck {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::kCycles;
using testing::kInstructions;
using testing::ScriptedPmu;

using Names = std::vector<std::string>;

class Plan : public ::testing::Test {
 protected:
  void SetUp() override { ScriptedPmu::now() = ScriptedPmu(); }
  ScriptedPmu& pmu() { return ScriptedPmu::now(); }

  // Four counters for any event, cycles and instructions with their own: an Intel core with Hyper-Threading.
  void like_intel() { pmu().units[0] = {4, {kCycles, kInstructions}}; }

  void count(const std::string& events, const Access& access = {.paranoid = 1}) {
    access_ = access;
    countables_ = settle(parse_events(events), access_, ScriptedPmu::open);
  }
  std::size_t index(const std::string& name) const {
    for (std::size_t i = 0; i < countables_.size(); ++i) {
      if (countables_[i].event.name == name) return i;
    }
    throw std::out_of_range(name);
  }
  Companions companions(const std::vector<Names>& names) const {
    Companions all;
    for (const auto& list : names) {
      all.emplace_back();
      for (const auto& name : list) all.back().push_back(index(name));
    }
    return all;
  }
  std::optional<std::size_t> anchor() const {
    for (const std::size_t i : on_cores(countables_, access_)) {
      if (countables_[i].event.name.starts_with("instructions")) return i;
    }
    return std::nullopt;
  }
  PassPlan passes(const std::vector<Names>& together = {}) {
    return plan_passes(countables_, on_cores(countables_, access_), anchor(), companions(together),
                       probe_by_opening(countables_, access_, ScriptedPmu::open));
  }
  PassPlan multiplexed(const std::vector<Names>& together = {}) {
    return plan_multiplexed(countables_, on_cores(countables_, access_), anchor(), companions(together),
                            probe_by_opening(countables_, access_, ScriptedPmu::open));
  }
  // Each pass as its groups, each group as "a b c".
  std::vector<Names> shown(const PassPlan& plan) const {
    std::vector<Names> passes;
    for (const auto& pass : plan.passes) {
      passes.emplace_back();
      for (const auto& group : pass) {
        std::string text = group.pinned ? "pinned:" : "";
        for (const std::size_t member : group.members)
          text += (text.empty() ? "" : " ") + countables_[member].event.name;
        passes.back().push_back(text);
      }
    }
    return passes;
  }

  Access access_;
  std::vector<Countable> countables_;
};

constexpr const char* kDefault =
    "cycles,stalled-cycles-frontend,stalled-cycles-backend,instructions,cache-references,cache-misses,branches,"
    "branch-misses,task-clock,page-faults";
const std::vector<Names> kRatios = {
    {"cycles", "stalled-cycles-frontend"}, {"cycles", "stalled-cycles-backend"}, {"instructions", "cycles"},
    {"cache-misses", "cache-references"},  {"branch-misses", "branches"},        {"instructions", "cache-misses"}};

TEST_F(Plan, WhatFitsIsOnePassAndOneGroup) {
  pmu().units[0].general = 8;
  count("cycles,instructions,cache-misses,page-faults");
  const PassPlan plan = passes();
  EXPECT_THAT(shown(plan), ElementsAre(ElementsAre("cycles instructions cache-misses")));
  EXPECT_THAT(plan.starved, IsEmpty());
}

TEST_F(Plan, WithoutAnyHardwareEventThereIsOnePassWithNothingToOpen) {
  count("task-clock,page-faults,wall-time");
  const auto before = pmu().opened;
  EXPECT_THAT(shown(passes()), ElementsAre(IsEmpty()));
  EXPECT_EQ(pmu().opened, before) << "nothing is probed";
}

TEST_F(Plan, TheDefaultEventsTakeTwoPassesOnFourCounters) {
  like_intel();
  count(kDefault);
  const PassPlan plan = passes(kRatios);
  EXPECT_THAT(shown(plan), ElementsAre(ElementsAre("cycles stalled-cycles-frontend stalled-cycles-backend instructions "
                                                   "cache-references cache-misses"),
                                       ElementsAre("instructions branches branch-misses")));
  EXPECT_EQ(plan.anchor, index("instructions"));
}

TEST_F(Plan, TheWatchdogsCounterIsMissedBecauseItIsTried) {
  like_intel();
  pmu().units[0].general = 3;
  count(kDefault);
  EXPECT_THAT(shown(passes(kRatios)),
              ElementsAre(ElementsAre("cycles stalled-cycles-frontend stalled-cycles-backend instructions"),
                          ElementsAre("instructions cache-references cache-misses"),
                          ElementsAre("instructions branches branch-misses")));
}

// Graviton guests: what is opened beyond two counters runs and reads 0 (simdjson #1841).
TEST_F(Plan, CountersThatReadZeroBesideOthersAreNotBelieved) {
  pmu().units[0].general = 6;
  pmu().counting = 2;
  count("instructions,cycles,branches");
  EXPECT_THAT(shown(passes()), ElementsAre(ElementsAre("instructions cycles"), ElementsAre("instructions branches")));
}

TEST_F(Plan, AnEventThatIsRareAloneMayBeZeroBesideOthers) {
  pmu().units[0].general = 6;
  pmu().values[{PERF_TYPE_HARDWARE, PERF_COUNT_HW_CACHE_MISSES}] = 0;
  count("instructions,cycles,cache-misses");
  EXPECT_EQ(passes().passes.size(), 1u);
}

// cortex-a57: six counters beside that of cycles; a group of seven raw events opens and never runs, an eighth is
// EINVAL.
TEST_F(Plan, AGroupThatOpensAndNeverRunsIsTakenApart) {
  pmu().units[0] = {6, {kCycles}};
  pmu().largest_group = 7;
  count("instructions,r01,r02,r03,r04,r05,r06,r07");
  EXPECT_THAT(shown(passes()),
              ElementsAre(ElementsAre("instructions r01 r02 r03 r04 r05"), ElementsAre("instructions r06 r07")));
}

TEST_F(Plan, OneCounterLeavesNoRoomForTheAnchor) {
  pmu().units[0].general = 1;
  count("instructions,cycles,branches");
  const PassPlan plan = passes();
  EXPECT_THAT(shown(plan), ElementsAre(ElementsAre("instructions"), ElementsAre("cycles"), ElementsAre("branches")));
  EXPECT_THAT(plan.unanchored, ElementsAre(1u, 2u));
}

TEST_F(Plan, ACounterThatAnotherHoldsStarvesItsEventAlone) {
  pmu().units[0] = {0, {kInstructions}};
  count("instructions,cycles");
  const PassPlan plan = passes();
  EXPECT_THAT(shown(plan), ElementsAre(ElementsAre("instructions")));
  EXPECT_THAT(plan.starved, ElementsAre(index("cycles")));
}

// AMD's top-down level 1 divides five events by one: the one is counted again where they do not fit together.
TEST_F(Plan, WhatAllOthersAreDividedByIsCountedInEachPass) {
  pmu().units[0].general = 4;
  count("instructions,r076,r0c1,r0aa,r0a0,r0a1");
  const PassPlan plan = passes({{"r0c1", "r076"}, {"r0aa", "r0c1", "r076"}, {"r0a0", "r076"}, {"r0a1", "r076"}});
  EXPECT_THAT(shown(plan),
              ElementsAre(ElementsAre("instructions r076 r0c1 r0aa"), ElementsAre("instructions r076 r0a0 r0a1")));
}

TEST_F(Plan, WhoMustLeadIsFirst) {
  pmu().units[0].general = 8;
  pmu().leader = 0x400;
  pmu().led = {0x8000};
  count("instructions,page-faults");
  Event slots{.name = "slots", .encoding = Encoding{.type = PERF_TYPE_RAW, .config = 0x400}, .leads = true};
  Event retiring{.name = "topdown-retiring",
                 .encoding = Encoding{.type = PERF_TYPE_RAW, .config = 0x8000},
                 .leader = std::get<Encoding>(slots.encoding)};
  for (auto& countable : settle({slots, retiring}, access_, ScriptedPmu::open)) countables_.push_back(countable);
  EXPECT_TRUE(std::holds_alternative<Encoding>(countables_.back().by)) << "it opens beside its leader";
  EXPECT_THAT(shown(passes()), ElementsAre(ElementsAre("slots instructions topdown-retiring")));
}

TEST_F(Plan, MultiplexedRatiosShareAGroup) {
  like_intel();
  pmu().units[0].general = 3;
  count(kDefault);
  EXPECT_THAT(shown(multiplexed(kRatios)),
              ElementsAre(ElementsAre("cycles stalled-cycles-frontend stalled-cycles-backend instructions",
                                      "cache-references cache-misses", "branches branch-misses")));
  pmu().units[0].general = 9;
  EXPECT_EQ(multiplexed(kRatios).passes.front().size(), 1u) << "where all fit nobody takes turns";
}

Access hybrid() {
  return {.paranoid = 1, .cpu_pmus = {"cpu_atom", "cpu_core"}, .cores = {{"cpu_atom", 10, ""}, {"cpu_core", 4, ""}}};
}

TEST_F(Plan, AHybridPassFitsOnEveryTypeOfCore) {
  pmu().units = {{10, {2, {}}}, {4, {8, {}}}};
  count("instructions,branches,cache-misses,cycles", hybrid());
  ASSERT_EQ(countables_[0].cores.size(), 2u);
  EXPECT_THAT(shown(passes()),
              ElementsAre(ElementsAre("instructions branches"), ElementsAre("instructions cache-misses"),
                          ElementsAre("instructions cycles")));
}

TEST_F(Plan, AHybridMultiplexedAnchorStaysOnToTellTheTimeOnEachType) {
  pmu().units = {{10, {2, {}}}, {4, {8, {}}}};
  count("instructions,branches,branch-misses", hybrid());
  EXPECT_THAT(shown(multiplexed({{"branch-misses", "branches"}, {"instructions", "branches"}})),
              ElementsAre(ElementsAre("pinned: instructions", "branches branch-misses")));
}

TEST_F(Plan, HowManyFitIsCounted) {
  pmu().units[0] = {6, {kCycles}};
  EXPECT_EQ(counters_at_once({.paranoid = 1}, ScriptedPmu::open), 7u);
  pmu().counting = 2;
  EXPECT_EQ(counters_at_once({.paranoid = 1}, ScriptedPmu::open), 2u);
  pmu().missing = {kCycles};
  EXPECT_EQ(counters_at_once({.paranoid = 1}, ScriptedPmu::open), 0u);
}

}  // namespace
}  // namespace countercheck
