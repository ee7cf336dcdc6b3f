#include <gmock/gmock.h>

#include <set>

#include "experiment/results_file.hpp"
#include "tests/cli/tool.hpp"

namespace countercheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// What a run of three small variants leaves in its results file.
Experiment results_of(Words options, int status = 0) {
  const TemporaryFolder folder;
  Words words = {
      "run",      "diffusion", "--variants", "fused,rows,roll-add", "--size", "8",  "--iterations",         "1",
      "--source", "measured",  "-e",         "page-faults",         "-q",     "-o", folder / "results.json"};
  words.insert(words.end(), options.begin(), options.end());
  const Output output = countercheck_with(words);
  EXPECT_EQ(output.status, status) << output.err;
  return read_results(folder / "results.json");
}

// "BAC ACB": the variants in the order of time, a blank before each round, warm-up in small letters.
std::string course_of(const Experiment& experiment) {
  std::string course;
  for (std::size_t i = 0; i < experiment.samples.size(); ++i) {
    const Sample& sample = experiment.samples[i];
    const bool first = i == 0;
    if (!first && sample.warm_up != experiment.samples[i - 1].warm_up) {
      course += '|';
    } else if (!first && sample.round != experiment.samples[i - 1].round) {
      course += ' ';
    }
    course += static_cast<char>((sample.warm_up ? 'a' : 'A') + static_cast<char>(sample.variant));
  }
  return course;
}

std::string refusal(const Words& options) {
  Words words = {"run", "diffusion"};
  words.insert(words.end(), options.begin(), options.end());
  const Output output = countercheck_with(words);
  EXPECT_EQ(output.status, 3) << output.err;
  EXPECT_EQ(output.out, "");
  return output.err;
}

TEST(PlannedRun, OneSeedIsOneOrder) {
  const Experiment results = results_of({"--seed", "4711", "-r", "6"});
  EXPECT_EQ(course_of(results), "bac|BAC CBA ACB ABC CAB BCA");
  EXPECT_EQ(results.plan, (Plan{.seed = 4711, .warm_up = 1}));
  EXPECT_EQ(results.rounds, 6u);
}

TEST(PlannedRun, SequentialOrderIsThatOfOthers) {
  EXPECT_EQ(course_of(results_of({"--order", "sequential", "-r", "2"})), "a|A A|b|B B|c|C C");
  EXPECT_EQ(course_of(results_of({"--order", "sequential", "-r", "3", "--warm-up", "0"})), "A A A B B B C C C");
}

TEST(PlannedRun, ADrawnSeedIsRecorded) {
  const Experiment results = results_of({"-r", "4"});
  ASSERT_GT(results.plan.seed, 0u);
  EXPECT_EQ(course_of(results_of({"-r", "4", "--seed", std::to_string(results.plan.seed)})), course_of(results));
}

TEST(PlannedRun, WarmUpIsInNoFigure) {
  const TemporaryFolder folder;
  // The first two runs touch a thousand pages more than the others.
  const std::string counter = folder / "runs";
  write_file(counter, "");
  write_file(folder / "program",
             "#!/bin/sh\necho >> " + counter + "\nif [ $(wc -l < " + counter +
                 ") -lt 3 ]; then exec " TOUCH_PAGES " --region 1000; fi\nexec " TOUCH_PAGES " --region 3\n",
             0755);
  const Output output = countercheck_with({"stat", "--region", "-e", "page-faults", "-r", "4", "--warm-up", "2",
                                           "--form", "csv", "--", folder / "program"});
  EXPECT_EQ(output.status, 0) << output.err;
  EXPECT_EQ(lines_with(read_file(counter), "").size(), 6u);
  EXPECT_THAT(lines_with(output.out, "page-faults").front(), HasSubstr(",4,3,3,0,"));
}

TEST(PlannedRun, ADurationTakesWhatFitsAndOneRoundAtLeast) {
  const Experiment none = results_of({"--duration", "0.000001"});
  EXPECT_EQ(none.rounds, 1u);
  EXPECT_EQ(none.samples.size(), 6u);
  EXPECT_THAT(none.notes, ElementsAre()) << "as many as fit were asked for";
  const Experiment some = results_of({"--duration", "0.000001", "-r", "1000"});
  EXPECT_EQ(some.rounds, 1u);
  EXPECT_THAT(some.notes,
              ElementsAre("1 of 1000 rounds were taken: another would have ended after the 1e-06 s of --duration"));
}

TEST(PlannedRun, WhatCannotBeIsRefused) {
  EXPECT_THAT(refusal({"--seed", "0"}), HasSubstr("--seed"));
  EXPECT_THAT(refusal({"--order", "random"}), HasSubstr("--order"));
  EXPECT_THAT(refusal({"--duration", "0"}), HasSubstr("--duration"));
  EXPECT_EQ(refusal({"--source", "sim", "--duration", "1"}),
            "countercheck: --duration is for measured samples, and every simulation counts the same: say how many with "
            "-r\n");
}

}  // namespace
}  // namespace countercheck
