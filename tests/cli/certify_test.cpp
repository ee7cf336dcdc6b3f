#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>

#include "tests/cli/tool.hpp"

namespace countercheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;

Output in_folder(const TemporaryFolder& folder, Words words) {
  return countercheck_with(std::move(words), [&] {
    setenv("COLUMNS", "300", 1);
    setenv("XDG_DATA_HOME", folder.path().c_str(), 1);
  });
}

TEST(Certify, PageFaultsAreExactAndTheirPassportSaysSo) {
  const TemporaryFolder folder;
  const Output before = in_folder(folder, {"events", "page-faults"});
  EXPECT_THAT(before.out, HasSubstr("not yet on this machine: countercheck certify page-faults"));

  const Output output = in_folder(folder, {"certify", "page-faults,minor-faults", "-r", "2"});
  ASSERT_EQ(output.status, 0) << output.out << output.err;
  EXPECT_THAT(lines_with(output.out, "page-faults").front(),
              MatchesRegex("page-faults +exact +1 for each page of 'touch' \\(256 and 1,024 pages, 2 runs each\\), and "
                           "nothing besides"));
  EXPECT_THAT(output.out,
              HasSubstr("2 of 2 events that can be counted here certified; stamps are in " + folder.path()));

  const Output after = in_folder(folder, {"events", "page-faults"});
  EXPECT_THAT(lines_with(after.out, "certified").front(),
              MatchesRegex("certified +exact: 1 for each page of 'touch' .*, on 20[0-9-]+"));
}

TEST(Certify, WhatIsNotToBeKeptIsNot) {
  const TemporaryFolder folder;
  const Output output = in_folder(folder, {"certify", "minor-faults", "-r", "2", "--no-store"});
  ASSERT_EQ(output.status, 0) << output.out << output.err;
  EXPECT_THAT(output.out, HasSubstr("nothing was stored"));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

// Without perf_event_open rusage tells the same faults.
TEST(Certify, ACountByRusageIsCertifiedToo) {
  const TemporaryFolder folder;
  const Output output = run_command({DENY_PERF_EVENT_OPEN, COUNTERCHECK, "certify", "minor-faults", "-r", "2"}, [&] {
    setenv("COLUMNS", "300", 1);
    setenv("XDG_DATA_HOME", folder.path().c_str(), 1);
  });
  ASSERT_EQ(output.status, 0) << output.out << output.err;
  EXPECT_THAT(lines_with(output.out, "minor-faults").front(), HasSubstr("exact"));
}

TEST(Certify, WhatCannotBeCountedHereIsNoFindingAndNoZero) {
  const TemporaryFolder folder;
  const Output output = in_folder(folder, {"certify", "instructions,cache-misses"});
  if (output.status != 2) GTEST_SKIP() << "there is a PMU here";
  EXPECT_THAT(output.out, HasSubstr("not counted: instructions, cache-misses: "));
  EXPECT_THAT(lines_with(output.out, "dead"), IsEmpty());
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Certify, AWrongNameGetsTheNearest) {
  const Output output = countercheck_with({"certify", "page-fualts"});
  EXPECT_EQ(output.status, 3);
  EXPECT_THAT(output.err, HasSubstr("there is no event 'page-fualts' (did you mean page-faults?)"));
}

// The kernels' assembly is counted by reading it; the simulator's tool counts it by running it. What the marks add to
// both sizes drops out.
TEST(Certify, TheSimulatorCountsTheKernelsAsTheySay) {
  const auto simulated = [](const char* kernel, const char* items, const char* event) {
    const Output output = countercheck_with(
        {"stat", "--region", "--source", "sim", "--machine", "zen4", "-e", event, "--", CERTIFY, kernel, items});
    // The last line with the event's name: the heading has the command, and a kernel may be called like an event.
    return output.status == 0 ? first_number(lines_with(output.out, event).back()) : -1;
  };
  if (simulated("loop", "10", "instructions") < 0) GTEST_SKIP() << "there is no simulator of marked regions here";
  const auto for_each = [&](const char* kernel, const char* event) {
    return (simulated(kernel, "9000", event) - simulated(kernel, "1000", event)) / 8000;
  };
  EXPECT_EQ(for_each("loop", "instructions"), 8);
  EXPECT_EQ(for_each("loop", "branches"), 1);
  EXPECT_EQ(for_each("random-branches", "branches"), 2);
  EXPECT_EQ(for_each("first-level", "L1-dcache-loads"), 1);
  EXPECT_EQ(for_each("first-level", "L1-dcache-load-misses"), 0);
  EXPECT_NEAR(for_each("random-branches", "branch-misses"), 0.5, 0.03);
  EXPECT_NEAR(for_each("touch", "L1-dcache-stores"), 1, 0);
}

}  // namespace
}  // namespace countercheck
