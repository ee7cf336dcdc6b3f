#include "simulator/counts.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/unit/engine/folder.hpp"

namespace countercheck {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using testing::Folder;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

json thread_json(unsigned thread, std::uint64_t instructions) {
  return {{"thread", thread},
          {"core", 0},
          {"instructions", instructions},
          {"loads", 30},
          {"stores", 20},
          {"conditional-branches", 11},
          {"conditional-misses", 3},
          {"indirect-branches", 5},
          {"indirect-misses", 2},
          {"returns", 7},
          {"return-misses", 1},
          {"direct-branches", 9},
          {"misses", {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}},
          {"page-walks", {13, 17}},
          {"coherence-misses", {0, 19, 23}},
          {"invalidating-stores", 29}};
}

json process_json(unsigned pid, unsigned image, const std::string& end = "exit") {
  return {{"schema", 1},
          {"pid", pid},
          {"parent", 1},
          {"image", image},
          {"program", "/usr/bin/gzip"},
          {"arguments", {"gzip", "-9"}},
          {"end", end},
          {"region", false},
          {"entries", 0},
          {"levels", 3},
          {"threads", {thread_json(1, 100)}},
          {"caches", json::array()}};
}

std::string complaint(const json& value) {
  try {
    process_counts_from(value.dump());
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "(none)";
}

TEST(Counts, AProcessIsReadAsTheToolWroteIt) {
  json written = process_json(123, 2, "exec");
  written["region"] = true;
  written["entries"] = 4;
  const ProcessCounts process = process_counts_from(written.dump());
  EXPECT_EQ(process.pid, 123u);
  EXPECT_EQ(process.image, 2u);
  EXPECT_EQ(process.program, "/usr/bin/gzip");
  EXPECT_THAT(process.arguments, ElementsAre("gzip", "-9"));
  EXPECT_TRUE(process.went_on);
  EXPECT_EQ(process.entries, 4u);
  ASSERT_EQ(process.threads.size(), 1u);
  EXPECT_EQ(process.threads[0].counts, (SimulatedCounts{.instructions = 100,
                                                        .loads = 30,
                                                        .stores = 20,
                                                        .conditional_branches = 11,
                                                        .conditional_misses = 3,
                                                        .indirect_branches = 5,
                                                        .indirect_misses = 2,
                                                        .returns = 7,
                                                        .return_misses = 1,
                                                        .direct_branches = 9,
                                                        .levels = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}},
                                                        .page_walks = Misses{0, 13, 17},
                                                        .coherence = Misses{0, 19, 23}}));
}

TEST(Counts, WhatTheMachineHasNotIsAbsentNotZero) {
  json written = process_json(1, 0);
  for (const char* key : {"return-misses", "page-walks", "coherence-misses"}) written["threads"][0].erase(key);
  const ProcessCounts process = process_counts_from(written.dump());
  EXPECT_FALSE(process.entries) << "the whole process was counted";
  EXPECT_FALSE(process.threads[0].counts.return_misses);
  EXPECT_FALSE(process.threads[0].counts.page_walks);
  EXPECT_FALSE(process.threads[0].counts.coherence);
}

TEST(Counts, AnotherFormIsRefusedWithItsPlace) {
  json newer = process_json(1, 0);
  newer["schema"] = 2;
  EXPECT_EQ(complaint(newer), "schema: is not 1, which this countercheck reads");
  json short_of_a_level = process_json(1, 0);
  short_of_a_level["levels"] = 4;
  EXPECT_EQ(complaint(short_of_a_level), "misses: are not those of 4 levels");
  json without = process_json(1, 0);
  without["threads"][0].erase("loads");
  EXPECT_THAT(complaint(without), HasSubstr("'loads'"));
}

TEST(Counts, ThreadsAndProcessesAddUp) {
  json two_threads = process_json(1, 0);
  two_threads["threads"].push_back(thread_json(2, 1000));
  const std::vector<ProcessCounts> processes = {process_counts_from(two_threads.dump()),
                                                process_counts_from(process_json(2, 0).dump())};
  const SimulatedCounts sum = sum_of(processes);
  EXPECT_EQ(sum.instructions, 1200u);
  EXPECT_EQ(sum.return_misses, 3u);
  EXPECT_EQ(sum.levels[2], (Misses{21, 24, 27}));
  EXPECT_EQ(sum.page_walks, (Misses{0, 39, 51}));
  EXPECT_EQ(sum_of(processes[0].threads).instructions, 1100u);
}

TEST(Counts, TheSumLacksWhatAPartLacks) {
  ThreadCounts with{.thread = 1}, without{.thread = 2};
  with.counts.returns = 5;
  EXPECT_FALSE(sum_of({with, without}).returns);
  EXPECT_FALSE(sum_of({without, with}).returns);
  EXPECT_EQ(sum_of({with, with}).returns, 10u);
}

TEST(ToolFolder, ProcessesComeInOrderOfNumberAndImage) {
  const Folder folder;
  folder.write("1000-0.json", process_json(1000, 0).dump());
  folder.write("99-1.json", process_json(99, 1).dump());
  folder.write("99-0.json", process_json(99, 0, "exec").dump());
  folder.write("99.log", "");
  folder.write("machine.txt", "lines 64");
  const RunCounts run = read_tool_folder(folder.path());
  EXPECT_THAT(run.lost, IsEmpty());
  ASSERT_EQ(run.processes.size(), 3u);
  EXPECT_EQ(run.processes[0].pid, 99u);
  EXPECT_EQ(run.processes[1].image, 1u);
  EXPECT_EQ(run.processes[2].pid, 1000u);
}

TEST(ToolFolder, AProcessThatBeganAndLeftNothingIsLost) {
  const Folder folder;
  folder.write("7-0.json", process_json(7, 0).dump());
  folder.write("8.log", "");
  EXPECT_THAT(read_tool_folder(folder.path()).lost,
              ElementsAre("process 8 ended before it could write its counts: it was killed, or still ran at the end"));
}

TEST(ToolFolder, WhatIsCutShortOrBrokenIsLost) {
  const Folder folder;
  folder.write("7-0.json", process_json(7, 0, "exec").dump());
  folder.write("8-0.partial", "{");
  folder.write("9-1.json", process_json(9, 1).dump());
  folder.write("10-0.json", "{\"schema\": 1");
  EXPECT_THAT(
      read_tool_folder(folder.path()).lost,
      ElementsAre("process 7 (/usr/bin/gzip) ended before it could write its counts: it was killed, or still ran at "
                  "the end",
                  "process 8 ended before it could write its counts: it was killed, or still ran at the end",
                  "process 9 (/usr/bin/gzip) ended before it could write its counts: it was killed, or still ran at "
                  "the end",
                  HasSubstr("the counts of process 10 cannot be read (")));
}

}  // namespace
}  // namespace countercheck
