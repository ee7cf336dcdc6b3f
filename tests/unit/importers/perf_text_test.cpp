#include "importers/perf_text.hpp"

#include <gmock/gmock.h>

#include "tests/unit/importers/importing.hpp"

namespace countercheck {
namespace {

using ::testing::ElementsAre;
using testing::imported_file;
using ::testing::IsEmpty;
using testing::refusal;
using testing::shown;
using testing::unread;

std::vector<std::string> readings(const Imported& imported, std::size_t variant = 0) {
  return shown(imported.variants.at(variant).samples.front());
}

struct Locale {
  const char* name;
  const char* faults;
  const char* clock;
  const char* wall;
};

class PerfLocaleTest : public ::testing::TestWithParam<Locale> {};

// Files that perf 6.1 wrote here; duration_time tells the wall time first, and the line below tells it again.
TEST_P(PerfLocaleTest, ItsNumbersAreRead) {
  const Locale& locale = GetParam();
  const Imported imported = read_perf_text(imported_file(std::string("perf-6.1-") + locale.name + ".txt"));
  ASSERT_EQ(imported.variants.size(), 1U);
  EXPECT_EQ(imported.variants[0].name, "./touch 50000");
  const auto lines = readings(imported);
  ASSERT_EQ(lines.size(), 6U);
  EXPECT_EQ(lines[0], std::string("page-faults count user+kernel ") + locale.faults);
  EXPECT_EQ(lines[1], std::string("task-clock ns user+kernel ") + locale.clock);
  EXPECT_EQ(lines[2], "cycles count user+kernel <not supported>");
  EXPECT_EQ(lines[3], std::string("wall-time ns user+kernel ") + locale.wall);
  EXPECT_THAT(unread(imported), ElementsAre("line 9: there is a 'wall-time' already, and nothing tells the two apart"));
}

INSTANTIATE_TEST_SUITE_P(Real, PerfLocaleTest,
                         ::testing::Values(Locale{"en_US", "50053", "109580000", "427992551"},
                                           Locale{"de_DE", "50054", "110670000", "515984526"},
                                           Locale{"fr_FR", "50053", "118530000", "522079318"},
                                           Locale{"de_CH", "50052", "110450000", "447965810"},
                                           Locale{"en_IN", "50053", "106380000", "403631985"}),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST(PerfText, SeveralRunsAreASummaryWithItsError) {
  EXPECT_THAT(readings(read_perf_text(imported_file("perf-6.1-de_DE-3-runs.txt"))),
              ElementsAre("page-faults count user+kernel 50053 mean of 3 +- 0.00 %",
                          "task-clock ns user+kernel 111170000 mean of 3 +- 1.87 %",
                          "wall-time ns user+kernel 450800000 mean of 3 +- 2.22 %"));
  EXPECT_THAT(readings(read_perf_text(imported_file("perf-6.1-fr_FR-3-runs.txt"))),
              ElementsAre("page-faults count user+kernel 50053 mean of 3 +- 0.00 %",
                          "task-clock ns user+kernel 102950000 mean of 3 +- 4.02 %",
                          "wall-time ns user+kernel 517500000 mean of 3 +- 3.65 %"));
}

TEST(PerfText, TheBooksBlockIsReadWhole) {
  const Imported imported = read_perf_text(testing::file_text(std::string(BOOK_DIRECTORY) + "/6-10-numpy.txt"));
  EXPECT_EQ(imported.variants.front().name, "python diffusion_numpy.py");
  EXPECT_THAT(unread(imported), IsEmpty());
  EXPECT_THAT(
      readings(imported),
      ElementsAre("cycles count user+kernel 10194811718 mean of 3",
                  "stalled-cycles-frontend count user+kernel 4435850419 mean of 3",
                  "stalled-cycles-backend count user+kernel 2055861567 mean of 3",
                  "instructions count user+kernel 15165151844 mean of 3",
                  "cache-references count user+kernel 346798311 mean of 3",
                  "cache-misses count user+kernel 519793 mean of 3", "branches count user+kernel 3506887927 mean of 3",
                  "branch-misses count user+kernel 3681441 mean of 3", "task-clock ns user+kernel 3059219862 mean of 3",
                  "page-faults count user+kernel 751707 mean of 3", "minor-faults count user+kernel 751707 mean of 3",
                  "context-switches count user+kernel 8 mean of 3", "cpu-migrations count user+kernel 1 mean of 3",
                  "wall-time ns user+kernel 3061883218 mean of 3"));
}

TEST(PerfText, CoverageOfEveryFormAndReasonsAreKept) {
  const Imported imported = read_perf_text(imported_file("invented-multiplexed.txt"));
  EXPECT_THAT(readings(imported), ElementsAre("cycles count user+kernel 1234567891 at 83.21 % mean of 5 +- 0.12 %",
                                              "instructions:k count kernel 987654321 at 62.40 % mean of 5 +- 0.00 %",
                                              "branch-misses count user+kernel <not counted>",
                                              "stalled-cycles-backend count user+kernel <not supported>",
                                              "task-clock ns user+kernel 398250000 mean of 5 +- 1.31 %",
                                              "page-faults count user+kernel 7001 at 66.71 % mean of 5",
                                              "wall-time ns user+kernel 399030000 mean of 5 +- 1.31 %"));
  EXPECT_THAT(unread(imported),
              ElementsAre("line 1: it stands before the counts: 'Segmentation check passed'",
                          "line 12: there is a 'page-faults' already, and nothing tells the two apart"));
}

// perf has multiplied it by the time already: it is not to be multiplied once more.
TEST(PerfText, TheEstimateIsWhatPerfPrinted) {
  const Imported imported = read_perf_text(imported_file("invented-multiplexed.txt"));
  const Reading& cycles = imported.variants[0].samples[0].readings[0];
  EXPECT_EQ(estimate(cycles), 1234567891.0);
  EXPECT_DOUBLE_EQ(coverage(cycles), 0.8321);
}

TEST(PerfText, TypesOfCoresKeepTheirRows) {
  const Imported imported = read_perf_text(imported_file("invented-hybrid.txt"));
  EXPECT_THAT(readings(imported),
              ElementsAre("cpu_atom/cycles/ count user+kernel 7309174663 at 53.47 %",
                          "cpu_core/cycles/ count user+kernel 5549137767 at 79.10 %",
                          "cpu_atom/branches:u/ count user+kernel <not counted>", "page-faults:u count user 1204",
                          "wall-time ns user+kernel 3718012345", "user-time ns user+kernel 3601234000",
                          "system-time ns user+kernel 100000000"));
  EXPECT_THAT(
      unread(imported),
      ElementsAre("line 1: it is a remark: '# started on Sat Nov 21 12:00:00 2026'",
                  "line 10: 'power/energy-pkg/' is in Joules, and countercheck has only counts, times and bytes"));
}

TEST(PerfText, EachBlockIsAVariant) {
  const std::string block = imported_file("perf-6.1-en_US.txt");
  const Imported imported = read_perf_text(block + imported_file("perf-6.1-de_DE.txt"));
  ASSERT_EQ(imported.variants.size(), 2U);
  EXPECT_EQ(readings(imported, 1)[0], "page-faults count user+kernel 50054");
}

TEST(PerfText, WhatAProgramPrintsBetweenBlocksIsNoRow) {
  const std::string block = " Performance counter stats for 'a':\n\n 5 cycles\n\n 0.5 seconds time elapsed\n\n";
  const Imported imported = read_perf_text(block + "7 apples\nworker-3 12 jobs\n" + block);
  ASSERT_EQ(imported.variants.size(), 2U);
  EXPECT_THAT(readings(imported), ElementsAre("cycles count user+kernel 5", "wall-time ns user+kernel 500000000"));
  EXPECT_THAT(unread(imported), ElementsAre("line 7: it is no row of perf stat: '7 apples'",
                                            "line 8: it is no row of perf stat: 'worker-3 12 jobs'"));
}

TEST(PerfText, PartsOfARunAreRefusedByName) {
  const std::string title = "\n Performance counter stats for 'system wide':\n\n";
  const auto why = [](const std::string& option) {
    return "it is from perf stat " + option + ", and countercheck reads counts of whole runs only: leave " + option +
           " away";
  };
  EXPECT_EQ(refusal(read_perf_text, title + "CPU0                     1291      page-faults    #   18.990 K/sec\n"),
            why("-A"));
  EXPECT_EQ(refusal(read_perf_text, title + "S0        2               4343      page-faults\n"), why("--per-socket"));
  EXPECT_EQ(refusal(read_perf_text, title + "S0-D0           2               3019      page-faults\n"),
            why("--per-die"));
  EXPECT_EQ(refusal(read_perf_text, title + "S0-D0-C1           1               1079      page-faults\n"),
            why("--per-core"));
  EXPECT_EQ(refusal(read_perf_text, title + "N0        2               5412      page-faults\n"), why("--per-node"));
  EXPECT_EQ(refusal(read_perf_text, title + "sleep-4711      0.45 msec task-clock\n"), why("--per-thread"));
  EXPECT_EQ(
      refusal(read_perf_text, "#           time             counts unit events\n     0.010146591   73  page-faults\n"),
      why("-I"));
  EXPECT_EQ(refusal(read_perf_text, title + "\n\n"), "it holds no counts of perf stat");
  EXPECT_EQ(refusal(read_perf_text, "nothing"), "it holds no counts of perf stat");
}

TEST(PerfText, AFloodOfLinesIsCountedNotKept) {
  std::string text = " Performance counter stats for 'a':\n\n 5 cycles\n";
  for (int line = 0; line < 3000; ++line) text += "noise\n";
  const Imported imported = read_perf_text(text);
  EXPECT_EQ(imported.unread.size(), kMostUnread);
  EXPECT_EQ(imported.unread_more, 3000 - kMostUnread);
}

}  // namespace
}  // namespace countercheck
