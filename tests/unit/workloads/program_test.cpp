// The executable itself: statuses, sentences, marks.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "tests/unit/workloads/program.hpp"

namespace countercheck::workloads {
namespace {

using testing::ContainsRegex;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

std::vector<std::string> lines(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> all;
  for (std::string line; std::getline(stream, line);) all.push_back(line);
  return all;
}

long field(const std::string& line, const std::string& name) {
  std::smatch found;
  return std::regex_search(line, found, std::regex(" " + name + "=([0-9]+)")) ? std::stol(found[1]) : -1;
}

TEST(Program, MarksOneRegionAndDigestsItsResult) {
  const Ran ran = run_program({"diffusion/roll-add", "--size", "256", "--iterations", "20"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.err, IsEmpty());
  EXPECT_EQ(ran.out, "diffusion/roll-add 256 x 256 doubles, 20 steps: sum 3.38\n");
  const auto marks = lines(ran.marks);
  ASSERT_EQ(marks.size(), 4U) << ran.marks;
  EXPECT_THAT(marks[0], StartsWith("region wall_ns="));
  EXPECT_EQ(field(marks[0], "items"), 256 * 256 * 20);
  EXPECT_EQ(field(marks[0], "owner"), 1);
  for (std::size_t k = 1; k < 4; ++k) EXPECT_THAT(marks[k], ContainsRegex("^digest real=[0-9a-f]{16}$"));
  const auto bits = std::stoull(marks[1].substr(marks[1].find('=') + 1), nullptr, 16);
  EXPECT_NEAR(std::bit_cast<double>(static_cast<std::uint64_t>(bits)), 3.38, 1e-12);
}

TEST(Program, CountsOnlyTheCellsThatAFixedBorderLeaves) {
  const Ran ran = run_program({"diffusion/fixed-border", "--size", "10", "--iterations", "7"});
  EXPECT_EQ(field(ran.marks, "items"), 448);
}

TEST(Program, DigestsCountersToTheLastBit) {
  for (const char* variant : {"counters/unshared", "counters/false-sharing"}) {
    const Ran ran = run_program({variant, "--size", "1000", "--iterations", "7"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("1000 increments a thread, 7 steps by 2 threads: sum 14000\n"));
    const auto marks = lines(ran.marks);
    ASSERT_EQ(marks.size(), 2U) << ran.marks;
    EXPECT_EQ(field(marks[0], "items"), 14'000);
    EXPECT_EQ(marks[1], "digest exact=00000000000036b0");
  }
}

TEST(Program, WritesNoMarksUnlessItIsCounted) {
  const Ran ran = run_program({"diffusion/fused", "--size", "16", "--iterations", "1"}, {.region = false});
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.marks, IsEmpty());
  EXPECT_THAT(ran.out, HasSubstr("16 x 16 doubles, 1 step: "));
}

// The pages of a 512² grid are 512. The scheme that allots every intermediate array touches some of them anew in each
// step; the one that allots nothing has done all of its first touches before the mark.
TEST(Program, AllocationFaultsAreInTheRegionOfTheSchemeThatAllots) {
  const auto faults = [](const char* variant) {
    return field(run_program({variant, "--size", "512", "--iterations", "10"}).marks, "minflt");
  };
  EXPECT_GT(faults("diffusion/contiguous"), 10 * 512);
  for (const char* variant : {"diffusion/roll-add", "diffusion/fused", "diffusion/boxed-reuse"}) {
    EXPECT_LT(faults(variant), 64) << variant;
  }
}

TEST(Program, ListsItsVariantsAsJson) {
  const Ran ran = run_program({"--list"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(nlohmann::json::parse(ran.out).at("families").at(0).at("variants").size(), 13U);
}

TEST(Program, HelpGoesToStandardOutput) {
  const Ran ran = run_program({"--help"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, StartsWith("usage: countercheck-workload"));
}

TEST(Program, WrongUsageIsOneSentenceAndStatus3) {
  for (const std::vector<std::string>& wrong : {std::vector<std::string>{"diffusion/rolladd"},
                                                {"diffusion/fused", "--size", "2"},
                                                {"diffusion/fused", "--size", "abc"},
                                                {"diffusion/fused", "--initial", "cold"},
                                                {"diffusion/fused", "junk"},
                                                {"diffusion/openmp", "--threads", "0"},
                                                {}}) {
    const Ran ran = run_program(wrong);
    EXPECT_EQ(ran.status, 3);
    EXPECT_THAT(ran.out, IsEmpty());
    EXPECT_THAT(ran.err, StartsWith("countercheck-workload: "));
    EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << ran.err;
    EXPECT_THAT(ran.marks, IsEmpty());
  }
}

TEST(Program, AGridThatNoMemoryHoldsIsOneSentenceAndStatus6) {
  for (const char* size : {"4000000", "18446744073709551615"}) {
    const Ran ran = run_program({"diffusion/boxed", "--size", size});
    EXPECT_EQ(ran.status, 6);
    EXPECT_THAT(ran.err,
                ContainsRegex("^countercheck-workload: diffusion/boxed on [0-9]+ x [0-9]+ doubles needs .* GiB of "
                              "memory and this machine has .* GiB\n$"));
  }
}

TEST(Program, OutputThatCannotBeWrittenIsStatus8) {
  const Ran ran = run_program({"--list"}, {.out = "/dev/full"});
  EXPECT_EQ(ran.status, 8);
  EXPECT_EQ(ran.err, "countercheck-workload: standard output could not be written\n");
}

TEST(Program, WarnsOfMoreThreadsThanCpusAndRuns) {
  for (const char* variant : {"diffusion/openmp", "diffusion/blocked"}) {
    const std::vector<std::string> words = {variant, "--size", "32", "--iterations", "2", "--threads", "2"};
    const Ran crowded = run_program(words, {.one_cpu = true, .environment = {{"OMP_WAIT_POLICY", "passive"}}});
    EXPECT_EQ(crowded.status, 0);
    EXPECT_EQ(
        crowded.err,
        "countercheck-workload: 2 threads are more than the 1 CPU this process may use: they wait for each other, "
        "and their counts are those of the waiting\n");
    EXPECT_THAT(crowded.out, HasSubstr("2 steps by 2 threads: "));
  }
}

TEST(Program, TheTeamIsAsLargeAsAskedEvenWhereOpenMPMayChoose) {
  const Ran ran = run_program({"diffusion/openmp", "--size", "32", "--iterations", "2", "--threads", "2"},
                              {.one_cpu = true, .environment = {{"OMP_DYNAMIC", "true"}}});
  EXPECT_EQ(ran.status, 0) << ran.err;
}

TEST(Program, RefusesATeamSmallerThanItWasAskedFor) {
  const Ran ran =
      run_program({"diffusion/openmp", "--size", "32", "--threads", "2"}, {.environment = {{"OMP_THREAD_LIMIT", "1"}}});
  EXPECT_EQ(ran.status, 6);
  EXPECT_THAT(ran.err, EndsWith("OpenMP gave 1 of 2 threads: is OMP_THREAD_LIMIT set?\n"));
  EXPECT_THAT(ran.marks, IsEmpty());
}

// What the OpenMP library read from the environment, each time it began: GCC's when it is loaded, Clang's when it is
// first called.
std::vector<std::string> wait_policies(const std::string& told) {
  std::vector<std::string> policies;
  const std::regex policy("OMP_WAIT_POLICY ?= ?'([A-Z]+)'");
  for (std::sregex_iterator found(told.begin(), told.end(), policy), end; found != end; ++found) {
    policies.push_back((*found)[1]);
  }
  return policies;
}

TEST(Program, WaitsPassivelyWhenAsked) {
  const std::vector<std::string> plain = {"diffusion/openmp", "--size", "32", "--iterations", "2"};
  std::vector<std::string> asked = plain;
  asked.emplace_back("--passive-wait");
  const auto told = [](const std::vector<std::string>& words, const char* policy) {
    Surroundings surroundings{.environment = {{"OMP_DISPLAY_ENV", "true"}}};
    if (policy != nullptr) surroundings.environment["OMP_WAIT_POLICY"] = policy;
    return run_program(words, surroundings);
  };

  const Ran ran = told(asked, "active");
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(wait_policies(ran.err), testing::AnyOf(ElementsAre("ACTIVE", "PASSIVE"), ElementsAre("PASSIVE")));
  EXPECT_EQ(lines(ran.marks).size(), 4U) << ran.marks;  // the descriptor outlives the second start
  EXPECT_EQ(field(ran.marks, "owner"), 1);              // and the process is still the same

  EXPECT_EQ(wait_policies(told(asked, nullptr).err).back(), "PASSIVE");
  EXPECT_THAT(wait_policies(told(asked, "Passive").err), ElementsAre("PASSIVE"));
  EXPECT_THAT(wait_policies(told(plain, "active").err), ElementsAre("ACTIVE"));
}

}  // namespace
}  // namespace countercheck::workloads
