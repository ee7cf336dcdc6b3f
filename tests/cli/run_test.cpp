#include <gmock/gmock.h>
#include <sched.h>

#include "experiment/results_file.hpp"
#include "tests/cli/tool.hpp"

namespace countercheck {
namespace {

using testing::HasSubstr;

Words small(Words options, const std::string& rounds = "2") {
  Words words = {"run", "diffusion", "--size", "16", "--iterations", "3", "-r", rounds, "--source", "measured"};
  words.insert(words.end(), options.begin(), options.end());
  return words;
}

std::uint64_t reading(const Sample& sample, const std::string& event) {
  for (const auto& reading : sample.readings) {
    if (reading.event == event) return raw(reading).value_or(0);
  }
  ADD_FAILURE() << event;
  return 0;
}

TEST(Run, AllThirteenVariantsAgreeAndAreShown) {
  const Output output = countercheck_with(small({}));
  ASSERT_EQ(output.status, 0) << output.err << output.out;
  for (const char* variant : {"boxed", "boxed-reuse", "rows", "contiguous", "contiguous-scalar", "in-place", "roll-add",
                              "blocked", "generic", "fused", "column-order", "openmp", "fixed-border"}) {
    EXPECT_FALSE(lines_with(output.out, variant).empty()) << variant;
  }
  EXPECT_EQ(output.err, "") << "no progress in a pipe";
}

TEST(Run, ResultsHoldEverySampleInTheOrderOfTime) {
  TemporaryFolder folder;
  const std::string file = folder / "results.json";
  ASSERT_EQ(countercheck_with(small({"--variants", "fused,roll-add,rows", "--baseline", "rows", "-q", "-o", file}, "3"))
                .status,
            0);
  const Experiment results = read_results(file);
  EXPECT_EQ(results.kind, Kind::comparison);
  EXPECT_EQ(results.variants[results.baseline].name, "rows");
  EXPECT_EQ(results.work_item, "cell update");
  EXPECT_FALSE(results.machine.cpu.empty());
  ASSERT_EQ(results.samples.size(), 3u * (1 + 3)) << "a round of warm-up, and three that count";
  for (const auto& sample : results.samples) {
    EXPECT_EQ(sample.work_items, 16u * 16 * 3);
    EXPECT_EQ(sample.region_entries, 1u);
    EXPECT_FALSE(sample.digest.empty());
  }
  EXPECT_TRUE(std::is_sorted(results.samples.begin(), results.samples.end(),
                             [](const Sample& a, const Sample& b) { return a.started < b.started; }));
}

// A step of contiguous allots whole arrays of 2 MiB, which cost their pages again; roll-add allots nothing.
TEST(Run, AllocationFaultsShowInContiguousAndNotInRollAdd) {
  TemporaryFolder folder;
  const std::string file = folder / "results.json";
  ASSERT_EQ(
      countercheck_with({"run", "diffusion", "--variants", "contiguous,roll-add", "--size", "512", "--iterations", "5",
                         "-r", "1", "--warm-up", "0", "--order", "sequential", "-q", "-e", "page-faults", "-o", file})
          .status,
      0);
  const Experiment results = read_results(file);
  ASSERT_EQ(results.samples.size(), 2u);
  EXPECT_GT(reading(results.samples[0], "page-faults"), 512u) << "more than one array's pages";
  EXPECT_LT(reading(results.samples[1], "page-faults"), 16u);
}

TEST(Run, AWrongDigestTakesAVariantOutLoudly) {
  const Output output = countercheck_with(small({"--variants", "fused,fixed-border", "--initial", "edge-block"}));
  EXPECT_EQ(output.status, 1);
  EXPECT_THAT(output.out, HasSubstr("fixed-border"));
  EXPECT_THAT(output.out, HasSubstr("no ratio"));
}

TEST(Run, ThreadsReachTheVariantsThatHaveThem) {
  TemporaryFolder folder;
  const std::string file = folder / "results.json";
  ASSERT_EQ(countercheck_with(small({"--variants", "openmp,blocked,fused", "--threads", "2", "--schedule", "dynamic",
                                     "--passive-wait", "-q", "-o", file}))
                .status,
            0);
  const Experiment results = read_results(file);
  EXPECT_THAT(results.variants[0].command, testing::IsSupersetOf({"--threads", "2", "--schedule", "dynamic"}));
  EXPECT_THAT(results.variants[1].command, testing::Contains("--threads"));
  EXPECT_THAT(results.variants[2].command, testing::Not(testing::Contains("--threads")));
}

TEST(Run, ATeamLargerThanItsCpusIsTold) {
  const Output output = countercheck_with(small({"--variants", "openmp", "--threads", "3", "--passive-wait"}, "1"), [] {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<std::size_t>(sched_getcpu()), &one);
    sched_setaffinity(0, sizeof one, &one);
    setenv("COLUMNS", "200", 1);
  });
  EXPECT_EQ(output.status, 0) << output.err;
  EXPECT_THAT(
      output.out,
      HasSubstr("3 threads share 1 CPU: they wait for each other, and what they do while they wait is counted\n"));
}

TEST(Run, EveryWidthIsSane) {
  for (const char* columns : {"1", "20", "40", "80", "120", "400"}) {
    const Output output = countercheck_with(small({"--per-item"}, "1"), [&] { setenv("COLUMNS", columns, 1); });
    EXPECT_EQ(output.status, 0) << columns;
    EXPECT_FALSE(output.out.empty()) << columns;
  }
}

TEST(Run, AVariantThatCannotRunIsToldAndTheOthersGoOn) {
  const Output output =
      countercheck_with({"run", "diffusion", "--variants", "fused,roll-add", "--size", "10000000", "-r", "1"});
  EXPECT_EQ(output.status, 6);
  EXPECT_THAT(output.err, HasSubstr("diffusion/fused"));
  EXPECT_THAT(output.err, HasSubstr("diffusion/roll-add"));
}

}  // namespace
}  // namespace countercheck
