#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include "tests/cli/tool.hpp"

namespace countercheck {
namespace {

using testing::HasSubstr;

TEST(List, WorkloadsShowsEveryVariantWithItsScheme) {
  const Output output = countercheck_with({"list", "workloads"});
  ASSERT_EQ(output.status, 0) << output.err;
  for (const char* variant : {"boxed", "boxed-reuse", "rows", "contiguous", "contiguous-scalar", "in-place", "roll-add",
                              "blocked", "generic", "fused", "column-order", "openmp", "fixed-border"}) {
    EXPECT_FALSE(lines_with(output.out, variant).empty()) << variant;
  }
  EXPECT_THAT(output.out, HasSubstr("cell update"));
}

TEST(List, EventsShowsWhoCountsThemHere) {
  const Output output = countercheck_with({"list", "events"}, [] { setenv("COLUMNS", "200", 1); });
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_THAT(lines_with(output.out, "peak-rss").front(), HasSubstr("rusage"));
  EXPECT_THAT(lines_with(output.out, "wall-time").front(), HasSubstr("clock"));
  EXPECT_THAT(lines_with(output.out, "context-switches").front(), HasSubstr("(also cs)"));
}

TEST(List, EventsShowsWhatIsSimulatedHere) {
  const Output output = countercheck_with({"list", "events"}, [] { setenv("COLUMNS", "200", 1); });
  ASSERT_EQ(output.status, 0) << output.err;
  if (unwrapped(countercheck_with({"doctor"}).out).find("simulator no") != std::string::npos)
    GTEST_SKIP() << "there is no Valgrind here";
  EXPECT_THAT(lines_with(output.out, "coherence-misses").front(),
              testing::ContainsRegex("coherence-misses +sim +misses"));
}

TEST(List, MetricsShowsEachWithItsFormulaAndSource) {
  const Output output = countercheck_with({"list", "metrics"}, [] { setenv("COLUMNS", "400", 1); });
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_THAT(lines_with(output.out, "insns-per-cycle").front(), HasSubstr("  instructions / cycles"));
  EXPECT_THAT(lines_with(output.out, "LLC-mpki").front(), HasSubstr("1000 x LLC-load-misses / instructions"));
  const auto retiring = lines_with(output.out, "ex_ret_ops / (6 x ls_not_halted_cyc)");
  ASSERT_EQ(retiring.size(), 1u);
  EXPECT_THAT(retiring.front(), HasSubstr("for CPUs AuthenticAMD-19-*; source: perf's amdzen4/pipeline.json"));
}

TEST(List, MachinesShowsTheCachesOfEachInOneGlance) {
  const Output output = countercheck_with({"list", "machines"}, [] { setenv("COLUMNS", "160", 1); });
  ASSERT_EQ(output.status, 0) << output.err;
  for (const char* name : {"host", "apple-m", "cachegrind", "graviton3", "intel-laptop", "intel-server", "zen4"}) {
    EXPECT_FALSE(lines_with(output.out, name).empty()) << name;
  }
  EXPECT_THAT(lines_with(output.out, "E5-2680").front(),
              testing::MatchesRegex("book +32K/8 +32K/8 +256K/8 +20M/20 +Intel Xeon E5-2680.*"));
  EXPECT_THAT(lines_with(output.out, "blackboard").front(),
              testing::MatchesRegex("tiny +64/2 +64/2 +256/4 +A machine.*"));
  EXPECT_THAT(lines_with(output.out, "L1 data").front(), testing::Not(HasSubstr("L4")));
}

TEST(List, AMachineIsShownWhole) {
  const Output output = countercheck_with({"list", "machines", "zen4"}, [] { setenv("COLUMNS", "160", 1); });
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_THAT(output.out, HasSubstr("zen4: AMD Zen 4 (2022), one complex of 8 cores\n"));
  EXPECT_THAT(lines_with(output.out, "L3 ").front(),
              HasSubstr("32 MiB, 16 ways, 32768 sets, lru; one for all cores; exclusive"));
  EXPECT_THAT(output.out, HasSubstr("72 entries, fully associative; 2 MiB pages among the small ones"));
  EXPECT_THAT(output.out, HasSubstr("read there"));
  EXPECT_THAT(output.out, HasSubstr("\n-  The replacement is not published; LRU stands for it.\n"));
}

TEST(List, AMachineOfOnesOwnIsChecked) {
  const TemporaryFolder folder;
  const std::string file = folder / "mine.json";
  write_file(file, "{\"name\": \"mine\", \"core\": 3}");
  const Output output = countercheck_with({"list", "machines", file});
  EXPECT_EQ(output.status, 3);
  EXPECT_EQ(output.out, "");
  EXPECT_THAT(output.err, HasSubstr("countercheck: the machine file '" + file +
                                    "': the file has the unknown key 'core' (did you mean cores?)"));
}

TEST(List, ASuiteIsPrintedAsRunPrintsIt) {
  const Output all = countercheck_with({"list", "suites"});
  ASSERT_EQ(all.status, 0) << all.err;
  EXPECT_THAT(all.out,
              testing::StartsWith(
                  "Built-in suites; countercheck list suites NAME prints one, to be changed and run as a file:\n"));
  EXPECT_FALSE(lines_with(all.out, "diffusion").empty());
  const Output one = countercheck_with({"list", "suites", "counters"});
  EXPECT_EQ(one.status, 0) << one.err;
  EXPECT_EQ(one.out, countercheck_with({"run", "counters", "--print-suite"}).out);
  const Output unknown = countercheck_with({"list", "suites", "counter"});
  EXPECT_EQ(unknown.status, 3);
  EXPECT_EQ(
      unknown.err,
      "countercheck: there is no built-in suite 'counter' (did you mean counters?): countercheck list suites shows "
      "them all\n");
}

TEST(List, AnUnknownMachineAndANameThatFitsNothingAreRefused) {
  const Output unknown = countercheck_with({"list", "machines", "zen5"});
  EXPECT_EQ(unknown.status, 3);
  EXPECT_THAT(unknown.err, HasSubstr("there is no machine 'zen5' (did you mean zen4?); there are host, apple-m, "));
  const Output events = countercheck_with({"list", "events", "zen4"});
  EXPECT_EQ(events.status, 3);
  EXPECT_EQ(events.err,
            "countercheck: list events takes no name ('zen4'); list events shows all, countercheck events NAME one of "
            "them\n");
}

// It has no file that its answer could be kept in.
TEST(List, StandardOutputThatIsFullIsSaid) {
  const Output output =
      countercheck_with({"list", "workloads"}, [] { dup2(open("/dev/full", O_WRONLY), STDOUT_FILENO); });
  EXPECT_EQ(output.status, 8);
  EXPECT_EQ(output.err, "countercheck: standard output could not be written: No space left on device\n");
}

}  // namespace
}  // namespace countercheck
