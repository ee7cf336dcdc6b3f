#include <gmock/gmock.h>

#include <map>
#include <set>
#include <sstream>

#include "experiment/layouts.hpp"
#include "experiment/pinning.hpp"
#include "experiment/results_file.hpp"
#include "tests/cli/tool.hpp"

namespace countercheck {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

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
  EXPECT_THAT(none.notes, Not(Contains(HasSubstr("rounds were taken")))) << "as many as fit were asked for";
  const Experiment some = results_of({"--duration", "0.000001", "-r", "1000"});
  EXPECT_EQ(some.rounds, 1u);
  EXPECT_THAT(some.notes,
              Contains("1 of 1000 rounds were taken: another would have ended after the 1e-06 s of --duration"));
}

TEST(PlannedRun, SamplesAreBoundAndRandomisedAsAsked) {
  if (!may_stop_randomisation()) GTEST_SKIP() << "personality(2) is refused here";
  const TemporaryFolder folder;
  const std::string last = std::to_string(allowed_cpus().back());
  const Output output = countercheck_with({"stat", "--cpus", last, "--aslr", "off", "-e", "page-faults", "-o",
                                           folder / "results.json", "--", "sh", "-c",
                                           "grep Cpus_allowed_list /proc/self/status > " + folder / "log" +
                                               "; cat /proc/self/personality >> " + folder / "log"});
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_EQ(read_file(folder / "log"), "Cpus_allowed_list:\t" + last + "\n00040000\n");
  EXPECT_THAT(unwrapped(output.out), HasSubstr("bound to CPU " + last + "; address space not randomised"));
  const Plan plan = read_results(folder / "results.json").plan;
  EXPECT_EQ(plan.cpus, last);
  EXPECT_FALSE(plan.randomised);
}

TEST(PlannedRun, AutoBindsToOneCpuForEachThread) {
  EXPECT_THAT(results_of({"-r", "1", "--cpus", "auto"}).plan.cpus, Not(testing::ContainsRegex("[,-]")))
      << "the job has one thread";
}

TEST(PlannedRun, ATeamLargerThanItsBindingIsTold) {
  const auto allowed = allowed_cpus();
  if (allowed.size() < 2) GTEST_SKIP() << "one CPU";
  const std::string first = std::to_string(allowed[0]);
  const std::string sentence = "2 threads share 1 CPU (--cpus " + first +
                               "): they wait for each other, and what they do while they wait is counted";
  const Words bound = {"-r", "1", "--cpus", first, "--threads", "2"};
  EXPECT_THAT(results_of(bound).notes, Not(Contains(HasSubstr("threads share")))) << "none of them has threads";
  Words team = bound;
  team.insert(team.end(), {"--variants", "openmp"});
  EXPECT_THAT(results_of(team).notes,
              Contains(sentence + "; those of OpenMP sleep instead with OMP_WAIT_POLICY=passive"));
  team.push_back("--passive-wait");
  EXPECT_THAT(results_of(team).notes, Contains(sentence));
}

TEST(PlannedRun, CommandsAreBoundToAsManyCpusAsTheyAreSaidToHaveThreads) {
  const TemporaryFolder folder;
  const auto plan_of = [&](Words words) {
    words.insert(words.end(), {"--source", "measured", "-e", "page-faults", "-r", "1", "--cpus", "auto", "-q", "-o",
                               folder / "results.json"});
    if (words.front() == "stat") words.insert(words.end(), {"--", "true"});
    const Output output = countercheck_with(words);
    EXPECT_EQ(output.status, 0) << output.err;
    return read_results(folder / "results.json").plan;
  };
  const auto cpus = [&](unsigned threads) { return cpus_text(chosen_cpus("auto", threads)); };
  EXPECT_EQ(plan_of({"compare", "true", "true a", "--threads", "1"}).cpus, cpus(1));
  EXPECT_EQ(plan_of({"compare", "true", "true a", "--threads", "2"}).cpus, cpus(2));
  EXPECT_EQ(plan_of({"stat", "--threads", "1"}).cpus, cpus(1));
  write_file(folder / "suite.toml",
             "[[variant]]\ncommand = 'true'\n[[variant]]\ncommand = 'true {threads}'\n[parameters]\nthreads = [1, 2]");
  EXPECT_EQ(plan_of({"run", folder / "suite.toml"}).cpus, cpus(2));
  EXPECT_EQ(read_results(folder / "results.json").variants[3].threads, 2u);
  const std::string many = std::to_string(allowed_cpus().size() + 1);
  plan_of({"compare", "true", "true a", "--threads", many});
  EXPECT_THAT(read_results(folder / "results.json").notes,
              Contains(testing::StartsWith(many + " threads share " + std::to_string(allowed_cpus().size()) + " CPU")));
}

TEST(PlannedRun, LayoutsGoRoundByRoundAndAreCounted) {
  const TemporaryFolder folder;
  const Output output = countercheck_with({"run", "diffusion",    "--variants", "fused,rows", "--size",
                                           "16",  "--iterations", "2",          "--source",   "measured",
                                           "-e",  "page-faults",  "--layouts",  "6",          "-r",
                                           "6",   "--seed",       "4711",       "-o",         folder / "results.json"});
  ASSERT_EQ(output.status, 0) << output.err;
  const Experiment results = read_results(folder / "results.json");
  EXPECT_EQ(results.rounds, 6u);
  for (const auto& sample : results.samples) {
    if (!sample.warm_up) {
      EXPECT_EQ(sample.layout, sample.round);
    }
  }
  EXPECT_THAT(unwrapped(output.out), testing::ContainsRegex("rows is better than fused by time in [0-6] of 6 memory "
                                                            "layouts, by page-faults in [0-6]"));
  EXPECT_THAT(unwrapped(output.out), HasSubstr("digests agree: all computed the same"));
  EXPECT_THAT(unwrapped(output.out), HasSubstr("rounds in balanced order (seed 4711); 1 warm-up round before, in no "
                                               "figure; under 6 memory layouts in turn; "));
  const Output csv = countercheck_with({"report", folder / "results.json", "--form", "csv"});
  EXPECT_THAT(lines_with(csv.out, "rows,page-faults").front(), testing::ContainsRegex(",[0-6],6$"));
}

// Where the memory of six runs of `addresses` lay, by its kind, under three layouts in turns.
std::vector<std::map<std::string, std::int64_t>> addresses_in_layouts(const std::string& results) {
  const Output output =
      countercheck_with({"stat", "--layouts", "3", "-r", "6", "--seed", "4711", "-e", "page-faults", "--source",
                         "measured", "-q", "-o", results, "--show-output", "--", ADDRESSES});
  EXPECT_EQ(output.status, 0) << output.err;
  std::vector<std::map<std::string, std::int64_t>> runs;
  std::istringstream lines(output.out);
  std::int64_t address = 0;
  for (std::string kind; lines >> kind >> std::hex >> address;) {
    if (runs.empty() || runs.back().contains(kind)) runs.emplace_back();
    runs.back()[kind] = address;
  }
  return runs;
}

TEST(PlannedRun, ALayoutMovesTheStackTheHeapAndTheMappingsOfAnyProgram) {
  if (!may_stop_randomisation()) GTEST_SKIP() << "personality(2) is refused here";
  const TemporaryFolder folder;
  const auto runs = addresses_in_layouts(folder / "results.json");
  const Experiment results = read_results(folder / "results.json");
  for (const std::string& note : results.notes) {
    if (note.find("ptrace(2)") != std::string::npos) GTEST_SKIP() << note;
  }
  const auto layouts = layouts_of(results.plan);
  ASSERT_EQ(runs.size(), 6u);
  ASSERT_EQ(layouts.size(), 3u);
  const auto moved = [&](std::size_t run, const char* kind) { return runs[run].at(kind) - runs[0].at(kind); };
  const auto more = [&](std::size_t run, std::size_t Layout::*of) {
    return static_cast<std::int64_t>(layouts[run].*of) - static_cast<std::int64_t>(layouts[0].*of);
  };
  for (std::size_t run = 1; run < 3; ++run) {
    EXPECT_EQ(moved(run, "stack"), -more(run, &Layout::environment));
    EXPECT_EQ(moved(run, "small"), more(run, &Layout::heap));
    for (const char* kind : {"large", "mapped", "library"}) {
      EXPECT_EQ(moved(run, kind), -more(run, &Layout::mappings)) << kind;
    }
    EXPECT_NE(moved(run, "stack") * moved(run, "small") * moved(run, "mapped"), 0);
    for (const char* kind : {"code", "data"}) EXPECT_EQ(moved(run, kind), 0) << kind;
  }
  for (std::size_t run = 0; run < 3; ++run) EXPECT_EQ(runs[run + 3], runs[run]) << "one layout is one layout";
}

TEST(PlannedRun, WhatALayoutCannotMoveIsTold) {
  if (!may_stop_randomisation()) GTEST_SKIP() << "personality(2) is refused here";
  const TemporaryFolder folder;
  // LeakSanitizer, under which this may run, uses ptrace(2) itself.
  const Output output = run_command({"env", "ASAN_OPTIONS=detect_leaks=0", DENY_PTRACE, COUNTERCHECK, "stat",
                                     "--layouts", "2", "-r", "4", "-e", "page-faults", "--source", "measured", "-q",
                                     "-o", folder / "results.json", "--", TOUCH_PAGES});
  EXPECT_EQ(output.status, 0) << output.err;
  const std::string sentence = "the layouts hold only in part: the heap and the mappings of " TOUCH_PAGES
                               " stay where they are, for the system refuses ptrace(2): Operation not permitted";
  EXPECT_THAT(read_results(folder / "results.json").notes, Contains(sentence).Times(1));
}

TEST(PlannedRun, EverySampleHasAnEnvironmentOfOneSize) {
  const TemporaryFolder folder;
  const auto size_with = [&](const std::string& value) {
    const Output output =
        countercheck_with({"stat", "-e", "page-faults", "-q", "--", "sh", "-c", "env -0 | wc -c > " + folder / "log"},
                          [&] { setenv("ANYTHING", value.c_str(), 1); });
    EXPECT_EQ(output.status, 0) << output.err;
    return first_number(read_file(folder / "log"));
  };
  EXPECT_EQ(size_with("x"), size_with(std::string(777, 'x')));
}

TEST(PlannedRun, WhatCannotBeIsRefused) {
  EXPECT_THAT(refusal({"--early", "--order", "sequential"}),
              HasSubstr("--early decides after each round of all variants, and --order sequential has none"));
  EXPECT_EQ(refusal({"--layouts", "9", "-r", "8"}),
            "countercheck: 9 layouts need a round each: use -r 9 or more, or fewer --layouts\n");
  EXPECT_EQ(refusal({"--cpus", "one"}),
            "countercheck: 'one' is no list of CPUs: write auto, or numbers and ranges as in 2-3,8\n");
  EXPECT_THAT(refusal({"--seed", "0"}), HasSubstr("--seed"));
  EXPECT_THAT(refusal({"--order", "random"}), HasSubstr("--order"));
  EXPECT_THAT(refusal({"--duration", "0"}), HasSubstr("--duration"));
  EXPECT_EQ(refusal({"--source", "sim", "--duration", "1"}),
            "countercheck: --duration is for measured samples, and every simulation counts the same: say how many with "
            "-r\n");
}

}  // namespace
}  // namespace countercheck
