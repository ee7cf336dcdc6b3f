// The simulator against Cachegrind: the same program, the same caches and the same predictor give the same numbers, to
// the last digit.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/simulator/engines.hpp"
#include "workloads/registry.hpp"

namespace countercheck {
namespace {

const std::vector<std::string> kReal = {"gzip", "sqlite3", "python3", "sort", "cc1"};

// Accesses are looked up where they are made, from the start; and after some ten thousand that were recorded.
const std::vector<std::string> kNeverRecorded = {"--repeats=no"};
const std::vector<std::string> kSoonGivenUp = {"--history-bits=14"};

Program of_ours(const std::string& name, std::vector<std::string> command) {
  Program program{.name = name, .command = std::move(command)};
  if (!std::string(SANITIZED).empty()) program.missing = "Valgrind does not run programs with sanitizers";
  return program;
}

Program built_in(const std::string& variant) {
  return of_ours(variant, {WORKLOAD_PROGRAM, variant, "--size", "64", "--iterations", "3", "--initial", "random"});
}

// What rarely misses at first and then nearly always: code is translated again for it.
const std::string kPhases = "phases";

Program phases() {
  return of_ours(kPhases, {SIMULATED_PROGRAM, "phases", "40"});
}

Program program_called(const std::string& name, const std::string& folder) {
  if (name.find('/') != std::string::npos) return built_in(name);
  if (name == kPhases) return phases();
  const auto programs = real_programs(folder, 1);
  return *std::find_if(programs.begin(), programs.end(), [&](const auto& program) { return program.name == name; });
}

class Oracle : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (!engines_.missing().empty()) GTEST_SKIP() << engines_.missing();
    program_ = program_called(GetParam(), engines_.folder());
    if (!program_.missing.empty()) GTEST_SKIP() << program_.missing;
  }

  Engines engines_{SIMULATOR_TOOLS};
  Program program_;
};

TEST_P(Oracle, CountsWhatCachegrindCounts) {
  const Counts theirs = engines_.cachegrind(program_);
  ASSERT_EQ(theirs.size(), 13U);
  EXPECT_GT(theirs.at("Ir"), 100'000U);
  EXPECT_EQ(engines_.ours(program_), theirs);
  EXPECT_EQ(engines_.ours(program_, kNeverRecorded), theirs);
  EXPECT_EQ(engines_.ours(program_, kSoonGivenUp), theirs);
}

class Repeated : public Oracle {};

TEST_P(Repeated, CountsTheSameEveryTime) {
  EXPECT_EQ(engines_.ours(program_), engines_.ours(program_));
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param.substr(info.param.find('/') + 1);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

// The family that runs in one thread: Cachegrind has one cache for all of them.
std::vector<std::string> variants() {
  std::vector<std::string> names = workloads::full_names();
  std::erase_if(names, [](const auto& name) { return name.rfind("diffusion/", 0) != 0; });
  return names;
}

INSTANTIATE_TEST_SUITE_P(Diffusion, Oracle, testing::ValuesIn(variants()), test_name);
INSTANTIATE_TEST_SUITE_P(Real, Oracle, testing::ValuesIn(kReal), test_name);
INSTANTIATE_TEST_SUITE_P(Own, Oracle, testing::Values(kPhases), test_name);
INSTANTIATE_TEST_SUITE_P(Real, Repeated, testing::Values("sqlite3"), test_name);
INSTANTIATE_TEST_SUITE_P(Own, Repeated, testing::Values(kPhases), test_name);

}  // namespace
}  // namespace countercheck
