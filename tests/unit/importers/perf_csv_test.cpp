#include "importers/perf_csv.hpp"

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

std::vector<std::string> readings(const std::string& text) {
  return shown(read_perf_csv(text).variants.at(0).samples.at(0));
}

TEST(PerfCsv, RealFilesAreRead) {
  EXPECT_THAT(readings(imported_file("perf-6.1.csv")),
              ElementsAre("page-faults count user+kernel 50052", "task-clock ns user+kernel 114190000",
                          "cycles:u count user <not supported>", "wall-time ns user+kernel 556075963"));
  EXPECT_THAT(readings(imported_file("perf-6.1-2-runs.csv")),
              ElementsAre("page-faults count user+kernel 50052 mean +- 0.00 %",
                          "task-clock ns user+kernel 102950000 mean +- 0.55 %"));
  EXPECT_THAT(readings(imported_file("perf-6.1-de_DE-semicolon.csv")),
              ElementsAre("page-faults count user+kernel 50054", "task-clock ns user+kernel 101700000"));
}

TEST(PerfCsv, ACommaThatIsBothSignsIsRefused) {
  EXPECT_EQ(refusal(read_perf_csv, imported_file("perf-6.1-de_DE-comma.csv")),
            "line 1: its decimal sign is the separator too, so where a number ends cannot be told (use perf stat -x "
            "';'): '50053,,page-faults,0,00%,115780842,100,00,439,K/sec'");
}

// The fields of 2012, of 2014 (with a unit) and of 2015 (with the time and its share).
TEST(PerfCsv, OlderFieldsAreRead) {
  EXPECT_THAT(readings("1708.761321,task-clock\n41190,CPU-migrations\n<not counted>,cycles\n"),
              ElementsAre("task-clock ns user+kernel 1708761321", "cpu-migrations count user+kernel 41190",
                          "cycles count user+kernel <not counted>"));
  EXPECT_THAT(readings("12\t\tcycles:u\t3.00%\n"), ElementsAre("cycles:u count user 12 mean +- 3.00 %"));
  EXPECT_THAT(readings("1000|\tcycles|500|62.40\n2|page-faults|500|100.00\n"),
              ElementsAre("cycles count user+kernel 1000 at 62.40 %", "page-faults count user+kernel 2"));
}

TEST(PerfCsv, WhatIsNoRowIsListed) {
  const Imported imported =
      read_perf_csv("# started on Monday\n5;;cycles;9;100.00;;\nhello\n1.5;Joules;power/energy-pkg/;9;100.00;;\n");
  EXPECT_THAT(shown(imported.variants[0].samples[0]), ElementsAre("cycles count user+kernel 5"));
  EXPECT_THAT(
      unread(imported),
      ElementsAre("line 1: it is a remark: '# started on Monday'", "line 3: it is no row of perf stat -x: 'hello'",
                  "line 4: 'power/energy-pkg/' is in Joules, and countercheck has only counts, times and bytes"));
}

TEST(PerfCsv, PartsOfARunAreRefusedByName) {
  EXPECT_THAT(refusal(read_perf_csv, "CPU0,1956,,page-faults,94896254,100.00,20.612,K/sec\n"),
              "it is from perf stat -A, and countercheck reads counts of whole runs only: leave -A away");
  EXPECT_THAT(
      refusal(read_perf_csv, "S0-D0-C0,1,1438,,page-faults,57522272,100.00,25.000,K/sec\n"),
      "it is from perf stat --per-core, and countercheck reads counts of whole runs only: leave --per-core away");
  EXPECT_THAT(refusal(read_perf_csv, "     0.023977448,76,,page-faults,1173949,100.00,64.739,K/sec\n"),
              "it is from perf stat -I, and countercheck reads counts of whole runs only: leave -I away");
  EXPECT_EQ(refusal(read_perf_csv, "hello, world\n"), "it holds no counts of perf stat -x");
}

TEST(PerfCsv, OtherTextsAreNotTakenForIt) {
  EXPECT_TRUE(looks_like_perf_csv("5,,cycles,9,100.00,,\n"));
  for (const char* text : {"", "hello, world\n", "name,value\na,1\nb,2\n", "{\"a\": 1}\n", "1\n2\n3\n"}) {
    EXPECT_FALSE(looks_like_perf_csv(text)) << text;
  }
}

}  // namespace
}  // namespace countercheck
