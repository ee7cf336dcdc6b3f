#include "experiment/runner.hpp"

#include <gmock/gmock.h>
#include <signal.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <sstream>

#include "counters/user_error.hpp"
#include "experiment/layouts.hpp"
#include "experiment/pinning.hpp"
#include "tests/unit/engine/folder.hpp"

namespace countercheck {
namespace {

using ::testing::ElementsAre;
using testing::Folder;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Listener : public Observer {
 public:
  void about_to_launch(const Experiment&, const Turn&) override {}
  void announce(const std::string&) override {}
  void failed(const std::string& sentence) override { sentences.push_back(sentence); }

  std::vector<std::string> sentences{};
};

// Runs of shell commands that write what happens into one file.
class Runner : public ::testing::Test {
 protected:
  Variant says(const std::string& name, const std::string& script) {
    return {.name = name,
            .command = {"sh", "-c", script},
            .environment = {"LOG=" + log_path()},
            .folder = folder_.path().string()};
  }
  static std::string say(const std::string& word) { return "echo -n '" + word + " ' >> \"$LOG\""; }

  Course run(Experiment& experiment, const Enough& enough = {}, LaunchSettings settings = {}) {
    Chores chores(experiment);
    const auto programs = find_programs(experiment.variants);
    Course course =
        run_experiment(experiment, programs, std::move(settings), {.observer = listener_, .chores = chores}, enough);
    for (const auto& failure : chores.finish()) listener_.failed(failure.with_output);
    return course;
  }

  std::string log_path() const { return (folder_.path() / "log").string(); }
  std::string log() const {
    std::ifstream stream(log_path());
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  Folder folder_;
  Listener listener_;
};

TEST_F(Runner, SetupComesOncePrepareEachTimeAndCleanupLast) {
  Variant a = says("a", say("A"));
  a.setup = say("setup-a");
  a.prepare = say("prepare-a");
  a.cleanup = say("cleanup-a");
  Variant b = says("b", say("B"));
  b.cleanup = say("cleanup-b");
  Experiment experiment{.rounds = 2, .plan = {.order = Order::sequential, .seed = 1, .warm_up = 1}, .variants = {a, b}};
  EXPECT_FALSE(run(experiment).failed);
  EXPECT_EQ(log(), "setup-a prepare-a A prepare-a A prepare-a A B B B cleanup-a cleanup-b ");
  EXPECT_EQ(experiment.samples.size(), 6u);
  EXPECT_THAT(listener_.sentences, IsEmpty());
}

TEST_F(Runner, AFailedSetupGivesUpItsVariantAloneAndIsCleanedUp) {
  Variant a = says("a", say("A"));
  a.setup = "echo no disk; exit 3";
  a.cleanup = say("cleanup-a");
  Experiment experiment{.rounds = 2, .plan = {.seed = 1}, .variants = {a, says("b", say("B"))}};
  const Course course = run(experiment);
  EXPECT_TRUE(course.failed);
  EXPECT_EQ(log(), "B B cleanup-a ");
  ASSERT_EQ(listener_.sentences.size(), 1u);
  EXPECT_THAT(listener_.sentences[0],
              HasSubstr("the setup of a: sh -c 'echo no disk; exit 3' failed with exit status 3"));
  EXPECT_THAT(listener_.sentences[0], HasSubstr("\nno disk"));
  EXPECT_THAT(experiment.notes, ElementsAre("the setup of a: sh -c 'echo no disk; exit 3' failed with exit status 3"));
}

TEST_F(Runner, AFailedPreparationIsNamed) {
  Variant a = says("a", say("A"));
  a.prepare = "test ! -s \"$LOG\"";
  Experiment experiment{.rounds = 3, .plan = {.seed = 1}, .variants = {a}};
  EXPECT_TRUE(run(experiment).failed);
  EXPECT_EQ(log(), "A ") << "prepared the first time";
  ASSERT_EQ(listener_.sentences.size(), 1u);
  EXPECT_THAT(listener_.sentences[0], HasSubstr("the prepare of a: "));
}

TEST_F(Runner, AFailedSampleIsCleanedUpToo) {
  Variant a = says("a", "exit 1");
  a.cleanup = say("cleanup-a") + "; exit 2";
  Experiment experiment{.rounds = 3, .plan = {.seed = 1}, .variants = {a}};
  EXPECT_TRUE(run(experiment).failed);
  EXPECT_EQ(log(), "cleanup-a ");
  EXPECT_EQ(experiment.samples.size(), 1u);
  ASSERT_EQ(listener_.sentences.size(), 2u);
  EXPECT_THAT(listener_.sentences[1], HasSubstr("the cleanup of a: "));
}

TEST_F(Runner, AnInterruptionIsCleanedUpToo) {
  Variant a = says("a", "kill -INT $PPID; sleep 10");
  a.cleanup = say("cleanup-a");
  Experiment experiment{.rounds = 3, .plan = {.seed = 1}, .variants = {a, says("b", say("B"))}};
  experiment.plan.order = Order::sequential;
  EXPECT_EQ(run(experiment).interrupted_by, SIGINT);
  EXPECT_EQ(log(), "cleanup-a ");
}

TEST_F(Runner, WhatASetupStartedStaysUntilItsCleanup) {
  Variant a = says("a", "kill -0 $(cat pid) && " + say("there"));
  a.setup = "sleep 60 & echo $! > pid";
  a.cleanup = "kill $(cat pid)";
  Experiment experiment{.rounds = 1, .plan = {.seed = 1}, .variants = {a}};
  EXPECT_FALSE(run(experiment).failed);
  EXPECT_EQ(log(), "there ");
  EXPECT_THAT(listener_.sentences, IsEmpty());
}

TEST_F(Runner, AVariantHasItsOwnEnvironmentAndFolder) {
  setenv("COLOUR", "red", 1);
  folder_.write("here/tool", "#!/bin/sh\necho -n \"$COLOUR $(pwd) $0 \" >> \"$LOG\"\n", 0755);
  const std::string here = (folder_.path() / "here").string();
  Variant a{.name = "a", .command = {"./tool"}, .environment = {"LOG=" + log_path(), "COLOUR=blue"}, .folder = here};
  Experiment experiment{.rounds = 1, .plan = {.seed = 1}, .variants = {a}};
  EXPECT_FALSE(run(experiment).failed);
  EXPECT_EQ(log(), "blue " + here + " " + here + "/./tool ");
  EXPECT_STREQ(getenv("COLOUR"), "red");
  unsetenv("COLOUR");
}

TEST_F(Runner, AMissingFolderIsToldBeforeAnythingRuns) {
  Variant a = says("a", "true");
  a.folder = "/nowhere/at/all";
  try {
    find_programs({a});
    FAIL();
  } catch (const UserError& error) {
    EXPECT_STREQ(error.what(), "there is no folder '/nowhere/at/all', in which a is to run");
  }
}

// What is decided after a round of all variants ends the experiment, with its reason.
TEST_F(Runner, StopsWhenItIsEnough) {
  Experiment experiment{
      .rounds = 40, .plan = {.seed = 1, .warm_up = 1}, .variants = {says("a", "true"), says("b", "true")}};
  std::vector<std::size_t> asked_at;
  run(experiment, [&](const Experiment& so_far) {
    asked_at.push_back(so_far.samples.size());
    return so_far.samples.size() >= 8;
  });
  EXPECT_THAT(asked_at, ElementsAre(4, 6, 8)) << "after each round that counts";
  EXPECT_EQ(experiment.rounds, 3u);
  EXPECT_THAT(experiment.notes, ElementsAre("3 of 40 rounds were taken: what was asked was then decided (--early)"));
}

TEST_F(Runner, TheEnvironmentIsOfOneSizeButForTheLayout) {
  const std::string size = "env -0 | wc -c | tr '\\n' ' ' >> \"$LOG\"";
  Variant few = says("a", size);
  Variant more = says("b", size);
  more.environment.push_back("MORE=" + std::string(3000, 'x'));
  Experiment experiment{.rounds = 1, .plan = {.order = Order::sequential, .seed = 1}, .variants = {few, more}};
  EXPECT_FALSE(run(experiment).failed);
  const std::string sizes = log();
  const auto blank = sizes.find(' ');
  EXPECT_EQ(sizes.substr(0, blank), sizes.substr(blank + 1, blank)) << sizes;

  std::ofstream(log_path(), std::ios::trunc);
  Experiment storm{.rounds = 3, .plan = {.seed = 4711, .layouts = 3}, .variants = {few}};
  run(storm);
  const auto layouts = layouts_of(storm.plan);
  std::istringstream stream(log());
  std::size_t plain = std::stoul(sizes);
  for (const auto& layout : layouts) {
    std::size_t bytes = 0;
    stream >> bytes;
    EXPECT_EQ(bytes, plain + layout.environment);
  }
  EXPECT_EQ(storm.samples[2].layout, 2u);
}

TEST_F(Runner, CpusAndRandomisationAreThoseOfThePlan) {
  const auto allowed = allowed_cpus();
  if (!may_stop_randomisation()) GTEST_SKIP() << "personality(2) is refused here";
  Variant a = says("a",
                   "grep -o 'Cpus_allowed_list.*' /proc/self/status >> \"$LOG\"; cat /proc/self/personality >> "
                   "\"$LOG\"");
  Experiment experiment{.rounds = 1, .plan = {.seed = 1}, .variants = {a}};
  LaunchSettings settings;
  settings.cpus = {allowed.back()};
  settings.randomised = false;
  run(experiment, {}, settings);
  EXPECT_EQ(log(), "Cpus_allowed_list:\t" + std::to_string(allowed.back()) + "\n00040000\n");
}

}  // namespace
}  // namespace countercheck
