#include "importers/perf_json.hpp"

#include <gmock/gmock.h>

#include "tests/unit/importers/importing.hpp"

namespace countercheck {
namespace {

using ::testing::ElementsAre;
using testing::imported_file;
using testing::refusal;
using testing::shown;
using testing::unread;

// perf 6.1 says that the event it could not open was counted 100.00 % of the time.
TEST(PerfJson, RealFilesAreRead) {
  const Imported imported = read_perf_json(imported_file("perf-6.1.json"));
  EXPECT_THAT(shown(imported.variants[0].samples[0]),
              ElementsAre("page-faults count user+kernel 50053", "task-clock ns user+kernel 98773006",
                          "cycles:u count user <not supported>"));
}

TEST(PerfJson, DecimalCommasOfALocaleAreRead) {
  const Imported imported = read_perf_json(imported_file("perf-6.1-de_DE-2-runs.json"));
  EXPECT_THAT(shown(imported.variants[0].samples[0]),
              ElementsAre("page-faults count user+kernel 50053 mean +- 0.00 %",
                          "task-clock ns user+kernel 113975051 mean +- 3.86 %"));
}

TEST(PerfJson, WhatIsNoCountIsListed) {
  const Imported imported = read_perf_json(
      "hello\n{\"counter-value\" : \"75.600000\", \"unit\" : \"\", \"event\" : \"cycles\", \"pcnt-running\" : 12.50}\n"
      "{\"metric-value\" : 1.0}\n{\"counter-value\" : \"x\", \"event\" : \"branches\"}\n{\"event\" :\n");
  EXPECT_THAT(shown(imported.variants[0].samples[0]), ElementsAre("cycles count user+kernel 76 at 12.50 %"));
  EXPECT_THAT(unread(imported),
              ElementsAre("line 1: it is no JSON object: 'hello'", "line 3: it is no count: '{\"metric-value\" : 1.0}'",
                          "line 5: it is no JSON object: '{\"event\" :'",
                          "line 4: 'x' is no number that a count of 'branches' can be"));
}

TEST(PerfJson, PartsOfARunAreRefusedByName) {
  EXPECT_EQ(
      refusal(read_perf_json,
              R"({"interval" : 0.023859324, "counter-value" : "75.000000", "unit" : "", "event" : "page-faults"})"),
      "it is from perf stat -I, and countercheck reads counts of whole runs only: leave -I away");
  EXPECT_EQ(
      refusal(read_perf_json,
              R"({"socket" : "S0", "counter-value" : "75.000000", "unit" : "", "event" : "page-faults"})"),
      "it is from perf stat --per-socket, and countercheck reads counts of whole runs only: leave --per-socket away");
  EXPECT_EQ(refusal(read_perf_json, "{}"), "it holds no counts of perf stat -j");
}

}  // namespace
}  // namespace countercheck
