#include <gmock/gmock.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <set>
#include <thread>

#include "experiment/results_file.hpp"
#include "tests/cli/fake_simulator.hpp"
#include "tests/cli/tool.hpp"

namespace countercheck {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class Simulate : public testing::Test {
 protected:
  // Where a PMU counts, nothing is simulated unless it is asked for.
  static bool has_pmu() { return countercheck_with({"doctor"}).status == 0; }

  static const Reading& reading(const Sample& sample, const std::string& event) {
    for (const auto& reading : sample.readings) {
      if (reading.event == event) return reading;
    }
    ADD_FAILURE() << event << " is not in the sample";
    return sample.readings.front();
  }

  // The one file in which stat -o of these words leaves its samples.
  Experiment results(Words words, const std::string& fake = "") const {
    const TemporaryFolder folder;
    words.insert(words.begin() + 1, {"-q", "-o", folder / "results.json"});
    const Output output = simulator_.run(words, fake);
    EXPECT_EQ(output.status, 0) << output.err;
    return read_results(folder / "results.json");
  }

  FakeSimulator simulator_;
};

TEST_F(Simulate, WhatNoCounterGivesIsFilledInAndItsMachineNamed) {
  if (has_pmu()) GTEST_SKIP() << "this machine has a PMU";
  const Output output = simulator_.run({"stat", "-e", "instructions,cache-misses,page-faults", "--", "true"});
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_EQ(first_number(lines_with(output.out, "instructions").front()), 1'234'567);
  EXPECT_THAT(lines_with(output.out, "instructions").front(), HasSubstr("[s]"));
  EXPECT_THAT(lines_with(output.out, "cache-misses").front(), HasSubstr("345 cache-misses"));
  EXPECT_THAT(lines_with(output.out, "page-faults").front(), Not(HasSubstr("[s]")));
  EXPECT_THAT(unwrapped(output.out), HasSubstr("[s] simulated: machine host (L1"));
  EXPECT_THAT(unwrapped(output.out), HasSubstr("user mode only, by countercheck's tool on Valgrind 9.9.9"));
  EXPECT_EQ(output.err, "");
}

TEST_F(Simulate, MeasuredAndSimulatedAreSamplesOfTheirOwn) {
  if (has_pmu()) GTEST_SKIP() << "this machine has a PMU";
  const Experiment both = results({"stat", "-r", "2", "-e", "instructions,page-faults", "--", "true"});
  ASSERT_EQ(both.samples.size(), 3u) << "two measured, and one simulated, which is the same every time";
  EXPECT_EQ(both.samples[1].pass, Pass::measured);
  EXPECT_NE(absence(reading(both.samples[1], "instructions")), nullptr);
  const Sample& simulated = both.samples[2];
  EXPECT_EQ(simulated.pass, Pass::simulated);
  EXPECT_EQ(raw(reading(simulated, "instructions")), 1'234'567u);
  EXPECT_EQ(reading(simulated, "instructions").source, Source::sim);
  EXPECT_EQ(reading(simulated, "instructions").privilege, Privilege::user);
  EXPECT_NE(absence(reading(simulated, "page-faults")), nullptr) << "Valgrind's own pages are nobody's";
  EXPECT_NE(absence(reading(simulated, "wall-time")), nullptr);
  ASSERT_EQ(simulated.processes.size(), 1u);
  EXPECT_EQ(simulated.processes[0].threads[1].instructions, FakeSimulator::kInstructions[1]);
  EXPECT_EQ(simulated.processes[0].threads[0].last_level_misses, FakeSimulator::kLastLevelMisses[0]);
  ASSERT_TRUE(both.simulation);
  EXPECT_THAT(both.simulation->pinned, Contains("PYTHONHASHSEED=0"));
}

TEST_F(Simulate, ThreadsAndProcessesAreListedApart) {
  const Output output = simulator_.run({"stat", "--source", "sim", "-e", "instructions", "--", "true"});
  ASSERT_EQ(output.status, 0) << output.err;
  const std::string text = unwrapped(output.out);
  EXPECT_THAT(text, HasSubstr("simulated, by process: instructions last-level misses 1,234,567 345 true (process "));
  EXPECT_THAT(text, HasSubstr("1,200,000 300 thread 1 34,567 45 thread 2"));
}

TEST_F(Simulate, SimulatedOnlyMeansNoTimeAndAsManyTimesAsAsked) {
  const Experiment once = results({"stat", "--source", "sim", "--", "true"});
  EXPECT_EQ(once.samples.size(), 1u);
  EXPECT_THAT(once.events, ElementsAre("instructions", "cache-references", "cache-misses", "L1-dcache-loads",
                                       "L1-dcache-load-misses", "branches", "branch-misses"));
  const Experiment thrice = results({"stat", "--source", "sim", "-r", "3", "--", "true"});
  ASSERT_EQ(thrice.samples.size(), 3u);
  EXPECT_EQ(thrice.samples[2].pass, Pass::simulated);
  EXPECT_EQ(thrice.samples[2].readings, thrice.samples[0].readings);
}

TEST_F(Simulate, MeasuredOnlyMeansNever) {
  for (const auto& sample : results({"stat", "--source", "measured", "--", "true"}).samples) {
    EXPECT_EQ(sample.pass, Pass::measured);
  }
  EXPECT_FALSE(results({"stat", "-e", "page-faults", "--", "true"}).simulation) << "nor where nothing is left to";
}

TEST_F(Simulate, AProcessThatWasKilledMakesTheWholeAbsent) {
  const Output output = simulator_.run({"stat", "--source", "sim", "-e", "instructions", "--", "true"}, "lost");
  EXPECT_THAT(lines_with(output.out, "instructions").front(), HasSubstr("<not simulated>"));
  EXPECT_THAT(output.out, Not(HasSubstr("1,234,567"))) << "no part is shown as the whole";
  EXPECT_THAT(unwrapped(output.out),
              HasSubstr("process 4242 ended before it could write its counts: it was killed, or still ran at the end"));
}

TEST_F(Simulate, AFailureIsExplainedAndFailsNothingThatWasMeasured) {
  const std::string why =
      "under the simulator, true was killed by signal 4 (Illegal instruction): it ran an AVX-512 instruction, which "
      "Valgrind does not know: build it with -march=x86-64-v3 or -mno-avx512f";
  const Output only = simulator_.run({"stat", "--source", "sim", "-e", "instructions", "--", "true"}, "avx512");
  EXPECT_EQ(only.status, 6);
  EXPECT_EQ(only.err, "countercheck: " + why + "\n");
  if (has_pmu()) GTEST_SKIP() << "this machine has a PMU";
  const Output beside = simulator_.run({"stat", "-e", "instructions,page-faults", "--", "true"}, "avx512");
  EXPECT_EQ(beside.status, 0) << beside.err;
  EXPECT_THAT(unwrapped(beside.out), HasSubstr("[1] " + why));
  EXPECT_GT(first_number(lines_with(beside.out, "page-faults").front()), 0);
}

TEST_F(Simulate, AProgramThatFailsUnderTheSimulatorIsNotTakenForItsCounts) {
  const Output output =
      simulator_.run({"stat", "--source", "sim", "-e", "instructions", "--", "sh", "-c", "echo last words; exit 3"});
  EXPECT_EQ(output.status, 6);
  EXPECT_EQ(output.err,
            "countercheck: under the simulator, sh -c 'echo last words; exit 3' failed with exit status 3: last "
            "words\n");
}

TEST_F(Simulate, ARegionIsOnlyOneThatTheSimulatorSaw) {
  const Words words = {"stat", "--source", "sim", "--region", "-e", "instructions", "--", "true"};
  EXPECT_THAT(unwrapped(simulator_.run(words).out), HasSubstr("[1] the program marked no region"));
  EXPECT_THAT(simulator_.run(words, "marked").out, HasSubstr("1,234,567"));
}

TEST_F(Simulate, AlikeStepsAreSimulatedInPartAndScaledOnlyWhenAsked) {
  const auto run = [&](Words more, const char* iterations = "20") {
    Words words = {"run", "diffusion", "--variants",       "fused",        "--size",  "16", "-r",
                   "1",   "-e",        "estimated-cycles", "--iterations", iterations};
    words.insert(words.end(), more.begin(), more.end());
    const Output output = simulator_.run(words, "marked");
    EXPECT_EQ(output.status, 0) << output.err;
    return unwrapped(output.out);
  };
  // 1,234,567 + 10 x 8 branch misses + 10 x 50 L1 misses + 100 x 345 = 1,269,647; of 3 x 256 cell updates
  EXPECT_THAT(run({}), HasSubstr("estimated-cycles s 1,269,647"));
  EXPECT_THAT(run({}), HasSubstr("; 3 of 20 steps [1] estimated-cycles are no time: instructions + 10 x"));
  EXPECT_THAT(run({"--scale"}), HasSubstr("estimated-cycles s 8,464,313"));
  EXPECT_THAT(run({"--scale"}), HasSubstr("; 3 of 20 steps, scaled to 20"));
  EXPECT_THAT(run({"--per-item"}), HasSubstr("estimated-cycles s 1,653"));
  EXPECT_THAT(run({}, "2"), Not(HasSubstr(" steps")));
}

TEST_F(Simulate, InterruptedItLeavesNeitherProcessNorFile) {
  Running running({simulator_.program(), "stat", "--source", "sim", "--", "true"}, simulator_.environment("hang"));
  const std::string pid_file = simulator_.temporary() + ".pid";
  while (read_file(pid_file).empty()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  kill(running.pid(), SIGINT);
  EXPECT_EQ(running.wait().status, 130);
  EXPECT_NE(kill(std::stoi(read_file(pid_file)), 0), 0) << "the simulator went on";
  EXPECT_TRUE(std::filesystem::is_empty(simulator_.temporary()));
}

TEST_F(Simulate, TheTimeLimitHoldsForTheSimulatorToo) {
  const Output output = simulator_.run({"stat", "--source", "sim", "--timeout", "0.3", "--", "true"}, "hang");
  EXPECT_EQ(output.status, 7);
  EXPECT_EQ(output.err, "countercheck: under the simulator, true was ended after the time limit of 0.3 s\n");
  EXPECT_TRUE(std::filesystem::is_empty(simulator_.temporary()));
}

TEST_F(Simulate, WithoutValgrindTheRemedyIsNamed) {
  const std::string remedy =
      "there is no valgrind on PATH, with which cache misses are simulated: sudo apt-get install "
      "valgrind";
  const auto without = [] { setenv("PATH", "/nowhere", 1); };
  const Output asked = countercheck_with({"stat", "--source", "sim", "--", "/bin/true"}, without);
  EXPECT_EQ(asked.status, 5);
  EXPECT_EQ(asked.err, "countercheck: " + remedy + "\n");
  const Output doctor = countercheck_with({"doctor"}, without);
  EXPECT_THAT(unwrapped(doctor.out), HasSubstr("simulator no " + remedy));
  if (has_pmu()) GTEST_SKIP() << "this machine has a PMU";
  const Output beside = countercheck_with({"stat", "--", "/bin/true"}, without);
  EXPECT_EQ(beside.status, 0);
  EXPECT_THAT(unwrapped(beside.out), HasSubstr("nothing was simulated: " + remedy));
}

TEST_F(Simulate, SlipsAreNamedBeforeAnythingRuns) {
  const auto complaint = [&](Words words) {
    words.insert(words.end(), {"--", "true"});
    const Output output = countercheck_with(words);
    EXPECT_EQ(output.status, 3) << output.err;
    return output.err;
  };
  EXPECT_THAT(complaint({"stat", "--source", "simulated"}), StartsWith("countercheck: --source: "));
  EXPECT_THAT(complaint({"stat", "--machine", "hots", "-e", "instructions"}),
              HasSubstr("there is no machine 'hots' (did you mean host?)"));
  EXPECT_EQ(complaint({"stat", "--machine", "host", "--source", "measured"}),
            "countercheck: --machine names what is simulated: leave it or --source measured away\n");
  EXPECT_EQ(complaint({"stat", "--source", "sim", "-e", "cycles"}),
            "countercheck: the simulator tells none of these events: leave --source sim away, or ask for instructions, "
            "branches, cache misses (countercheck list events)\n");
}

TEST_F(Simulate, TheDoctorFindsIt) {
  EXPECT_THAT(unwrapped(simulator_.run({"doctor"}).out),
              HasSubstr("simulator yes valgrind 9.9.9, our tool found; AVX-512 programs cannot be simulated"));
}

// With whatever engine there is: the loader reads every variable, and must do so at one price.
TEST(SimulateForReal, InstructionsDoNotDependOnTheEnvironment) {
  std::set<double> counts;
  for (const auto& value : {std::string(), std::string("x"), std::string(5000, 'x')}) {
    const Output output = countercheck_with({"stat", "--source", "sim", "-e", "instructions", "--", "true"}, [&] {
      if (!value.empty()) setenv("ZZ_OF_THIS_TEST", value.c_str(), 1);
    });
    if (output.status == 5) GTEST_SKIP() << output.err;
    ASSERT_EQ(output.status, 0) << output.err;
    counts.insert(first_number(lines_with(output.out, "instructions").front()));
  }
  EXPECT_EQ(counts.size(), 1u);
  EXPECT_GT(*counts.begin(), 10'000);
}

// Wherever it lies, a program of one name has its stack in one place, and with it the sets of the caches.
TEST(SimulateForReal, TheStackDoesNotDependOnTheFolder) {
  const TemporaryFolder folder;
  std::string suite;
  for (const std::size_t length : {1U, 9U, 21U, 40U}) {
    const std::string name(length, 'f');
    std::filesystem::create_directory(folder / name);
    std::filesystem::copy_file(ADDRESSES, folder / name + "/addresses");
    suite += "[[variant]]\nname = '" + name + "'\nfolder = '" + name + "'\ncommand = './addresses'\n";
  }
  write_file(folder / "suite.toml", suite);
  const Output output =
      countercheck_with({"run", folder / "suite.toml", "--source", "sim", "-e", "instructions", "-q", "--show-output"});
  if (output.status == 5) GTEST_SKIP() << output.err;
  ASSERT_EQ(output.status, 0) << output.err;
  const auto stacks = lines_with(output.out, "stack ");
  ASSERT_EQ(stacks.size(), 4u) << output.out;
  EXPECT_THAT(stacks, testing::Each(stacks.front()));
}

TEST(SimulateForReal, ARegionIsTheSameToTheLastMissWhateverTheEnvironment) {
  if (std::string(SANITIZED) != "") GTEST_SKIP() << "the sanitizers' runtime cannot be simulated";
  std::vector<std::string> texts;
  for (const auto& value : {std::string(), std::string(3333, 'x')}) {
    const Output output =
        countercheck_with({"run", "diffusion", "--source", "sim", "--variants", "fused,in-place", "--size", "64",
                           "--machine", std::string(MACHINES) + "/tiny.json", "--form", "csv"},
                          [&] { setenv("ZZ_OF_THIS_TEST", value.c_str(), 1); });
    if (output.status == 5) GTEST_SKIP() << output.err;
    ASSERT_EQ(output.status, 0) << output.err;
    texts.push_back(output.out);
  }
  EXPECT_EQ(texts[0], texts[1]);
  EXPECT_GT(lines_with(texts[0], "cache-misses").size(), 1u);
}

}  // namespace
}  // namespace countercheck
