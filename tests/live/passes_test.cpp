#include <gmock/gmock.h>

#include "experiment/launch.hpp"
#include "experiment/runner.hpp"

namespace countercheck {
namespace {

using ::testing::UnorderedElementsAre;

// Groups and passes through the real kernel path, with events of the kernel in the place of hardware events.
class LivePasses : public ::testing::Test {
 protected:
  void SetUp() override {
    settings_.countables = settle(parse_events("page-faults,minor-faults"), read_access());
    settings_.region = true;
    for (const auto& countable : settings_.countables) {
      if (!std::holds_alternative<Encoding>(countable.by))
        GTEST_SKIP() << "the kernel's counters may not be opened here";
    }
  }
  static Sample touch_pages(Launcher& launcher, unsigned pass) {
    return launcher.launch(TOUCH_PAGES, {TOUCH_PAGES, "--region", "2048", "--entries", "3"}, pass);
  }

  LaunchSettings settings_;
};

// Both are switched by the leader at the first mark, and each by itself at the later ones.
TEST_F(LivePasses, AGroupIsExactInARegionEnteredSeveralTimes) {
  settings_.plan.passes = {{{{1, 0}}}};
  Launcher launcher(settings_);
  const Sample sample = touch_pages(launcher, 0);
  for (const auto& reading : sample.readings) {
    EXPECT_EQ(raw(reading), 6144u) << reading.event;
    EXPECT_EQ(coverage(reading), 1) << reading.event;
    EXPECT_EQ(reading.group, 1u) << reading.event;
  }
}

TEST_F(LivePasses, AGroupCountsAWholeProcessFromExecOn) {
  settings_.region = false;
  settings_.plan.passes = {{{{0, 1}}}};
  Launcher launcher(settings_);
  const Sample sample = touch_pages(launcher, 0);
  EXPECT_GT(raw(sample.readings[0]).value_or(0), 6144u);
  EXPECT_EQ(raw(sample.readings[0]), raw(sample.readings[1])) << "no fault of this program waits for a disk";
  EXPECT_EQ(sample.readings[0].time_enabled, sample.readings[1].time_enabled);
}

TEST_F(LivePasses, EachPassCountsItsOwn) {
  settings_.plan.passes = {{{{0}}}, {{{1}}}};
  Launcher launcher(settings_);
  for (const unsigned pass : {1U, 0U}) {
    const Sample sample = touch_pages(launcher, pass);
    EXPECT_EQ(sample.event_pass, pass);
    EXPECT_EQ(raw(sample.readings[pass]), 6144u);
    const Absence* const other = absence(sample.readings[1 - pass]);
    ASSERT_NE(other, nullptr);
    EXPECT_EQ(other->reason, AbsenceReason::other_pass);
  }
}

class Watcher : public Observer {
 public:
  void about_to_launch(const Experiment&, const Turn& turn) override {
    turns.emplace_back(turn.variant, turn.event_pass);
  }
  void announce(const std::string&) override {}
  void failed(const std::string& sentence) override { ADD_FAILURE() << sentence; }

  std::vector<std::pair<std::size_t, unsigned>> turns;
};

// Two rows of a design of two are each other's mirror, and so are the two rounds.
TEST_F(LivePasses, EachRoundRunsEachVariantOnceForEachPassInBalancedOrder) {
  Experiment experiment;
  experiment.rounds = 2;
  experiment.variants = {{.name = "a", .command = {"/bin/true"}}, {.name = "b", .command = {"/bin/true"}}};
  experiment.events = {"page-faults", "minor-faults"};
  experiment.event_passes = {{"page-faults"}, {"minor-faults"}};
  settings_.region = false;
  settings_.plan.passes = {{{{0}}}, {{{1}}}};
  Watcher watcher;
  Chores chores(experiment);
  run_experiment(experiment, {"/bin/true", "/bin/true"}, settings_, {.observer = watcher, .chores = chores});
  using Turns = std::pair<std::size_t, unsigned>;
  const auto& turns = watcher.turns;
  ASSERT_EQ(turns.size(), 8u);
  EXPECT_THAT(std::vector(turns.begin(), turns.begin() + 4),
              UnorderedElementsAre(Turns{0, 0}, Turns{1, 0}, Turns{0, 1}, Turns{1, 1}));
  EXPECT_EQ(std::vector(turns.rbegin(), turns.rbegin() + 4), std::vector(turns.begin(), turns.begin() + 4));
  ASSERT_EQ(experiment.samples.size(), 8u);
  for (const auto& sample : experiment.samples) EXPECT_TRUE(raw(sample.readings[sample.event_pass]));
}

}  // namespace
}  // namespace countercheck
