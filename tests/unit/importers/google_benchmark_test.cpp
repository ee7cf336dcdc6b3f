#include "importers/google_benchmark.hpp"

#include <gmock/gmock.h>

#include "tests/unit/importers/importing.hpp"

namespace countercheck {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using testing::imported_file;
using testing::refusal;
using testing::shown;
using testing::unread;

// 9.6123013622566411 ns and 2.4960718630516361 ns an iteration, a million times.
TEST(GoogleBenchmark, EveryRepetitionIsASample) {
  const Imported imported = read_google_benchmark(imported_file("google-benchmark-1.7.1.json"));
  ASSERT_EQ(imported.variants.size(), 3U);
  const ImportedVariant& fill = imported.variants[0];
  EXPECT_EQ(fill.name, "BM_fill/64");
  ASSERT_EQ(fill.samples.size(), 3U);
  EXPECT_THAT(shown(fill.samples[0]),
              ElementsAre("wall-time ns user+kernel 9612301", "cpu-time ns user+kernel 2496072"));
  EXPECT_EQ(fill.samples[0].work_items, 1'000'000U);
  EXPECT_EQ(fill.samples[0].region_entries, 5637278U);
  EXPECT_EQ(imported.work_item, "iteration");
  // Its unit is the microsecond: 1.3362579000137534e-03 us.
  EXPECT_EQ(shown(imported.variants[2].samples[0])[0], "wall-time ns user+kernel 1336258");
}

TEST(GoogleBenchmark, WhatIsNotReadIsListed) {
  const Imported imported = read_google_benchmark(imported_file("google-benchmark-1.7.1.json"));
  EXPECT_THAT(unread(imported), Contains("benchmarks[21]: 'BM_fails' did not run: no such file"));
  EXPECT_THAT(unread(imported), Contains("counter 'bytes_per_second': the file does not tell what it is "
                                         "per, nor whether less of it is better"));
  EXPECT_THAT(unread(imported), Contains("counter 'cells': the file does not tell what it is per, nor "
                                         "whether less of it is better"));
}

// The mean of 3 is 1.5311497717309783e-03 us, the deviation 3.4680875834455831e-04 us.
TEST(GoogleBenchmark, AggregatesAloneAreASummary) {
  const Imported imported = read_google_benchmark(imported_file("google-benchmark-1.7.1-aggregates.json"));
  ASSERT_EQ(imported.variants.size(), 1U);
  EXPECT_THAT(shown(imported.variants[0].samples[0]),
              ElementsAre("wall-time ns user+kernel 1531150 mean of 3 +- 13.08 %",
                          "cpu-time ns user+kernel 363520 mean of 3 +- 0.79 %"));
}

TEST(GoogleBenchmark, PerfCountersAreCountsOfAnIteration) {
  const Imported imported = read_google_benchmark(
      R"({"benchmarks":[{"name":"a","run_type":"iteration","iterations":10,"real_time":2,"cpu_time":1,"time_unit":"ms",
          "CYCLES":12.5,"INSTRUCTIONS":30,"LLC-MISSES":1}]})");
  EXPECT_THAT(shown(imported.variants[0].samples[0]),
              ElementsAre("wall-time ns user+kernel 2000000000000", "cpu-time ns user+kernel 1000000000000",
                          "cycles count user+kernel 12500000", "instructions count user+kernel 30000000"));
  EXPECT_THAT(unread(imported), ElementsAre("counter 'LLC-MISSES': the file does not tell what it is per, "
                                            "nor whether less of it is better"));
}

// Before version 1.5 nothing but the name told an aggregate.
TEST(GoogleBenchmark, AggregatesOfOldVersionsAreKnownByTheirNames) {
  const Imported imported = read_google_benchmark(
      R"({"benchmarks":[{"name":"a","iterations":10,"real_time":2,"time_unit":"ns"},
          {"name":"a_mean","iterations":10,"real_time":2,"time_unit":"ns"},
          {"name":"a_stddev","iterations":10,"real_time":2,"time_unit":"ns"}]})");
  ASSERT_EQ(imported.variants.size(), 1U);
  EXPECT_EQ(imported.variants[0].samples.size(), 1U);
}

TEST(GoogleBenchmark, BrokenFilesAreNamedWithThePlace) {
  EXPECT_EQ(refusal(read_google_benchmark, "{}"), "benchmarks: is missing");
  EXPECT_EQ(refusal(read_google_benchmark, R"({"benchmarks":[]})"), "benchmarks: holds no benchmark that ran");
  EXPECT_EQ(refusal(read_google_benchmark, R"({"benchmarks":[{"name":"a","real_time":1,"time_unit":"h"}]})"),
            "benchmarks[0].time_unit: 'h' is no unit of Google Benchmark's");
  EXPECT_EQ(refusal(read_google_benchmark, R"({"benchmarks":[{"name":"a","real_time":"1"}]})"),
            "benchmarks[0].real_time: is no number");
}

}  // namespace
}  // namespace countercheck
