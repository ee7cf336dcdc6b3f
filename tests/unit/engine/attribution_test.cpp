#include "simulator/attribution.hpp"

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

json process_json() {
  return {{"sites",
           {{{"function", "step"},
             {"file", "/src/a.c"},
             {"line", 7},
             {"object", "/bin/a"},
             {"instructions", 100},
             {"loads", 30},
             {"stores", 20},
             {"branches", 5},
             {"mispredicted", 1},
             {"misses", {{1, 2, 3}, {4, 5, 6}}}}}},
          {"arrays",
           {{{"kind", "heap"},
             {"blocks", 3},
             {"bytes", 300},
             {"largest", 200},
             {"stack", {{{"function", "malloc"}, {"object", "/lib/libc.so.6"}}, {{"function", "step"}, {"line", 9}}}},
             {"misses", {{7, 8}, {9, 10}}}}}}};
}

std::string complaint(const json& value) {
  try {
    attribution_from(value.dump());
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "(none)";
}

TEST(Attribution, ReadsLinesAndArraysAsTheToolWritesThem) {
  const Attribution attribution = attribution_from(process_json().dump());
  ASSERT_EQ(attribution.sites.size(), 1U);
  EXPECT_EQ(attribution.sites[0], (SiteCounts{.place = {"step", "/src/a.c", 7, "/bin/a"},
                                              .instructions = 100,
                                              .loads = 30,
                                              .stores = 20,
                                              .branches = 5,
                                              .mispredicted = 1,
                                              .levels = {{1, 2, 3}, {4, 5, 6}}}));
  ASSERT_EQ(attribution.arrays.size(), 1U);
  EXPECT_EQ(attribution.arrays[0], (ArrayCounts{.kind = ArrayKind::heap,
                                                .stack = {{"malloc", "", 0, "/lib/libc.so.6"}, {"step", "", 9, ""}},
                                                .blocks = 3,
                                                .bytes = 300,
                                                .largest = 200,
                                                .levels = {{0, 7, 8}, {0, 9, 10}}}));
}

TEST(Attribution, WhatIsNotKnownOfAPlaceIsEmpty) {
  json process = process_json();
  for (const char* key : {"function", "file", "line", "object"}) process["sites"][0].erase(key);
  EXPECT_EQ(attribution_from(process.dump()).sites[0].place, CodePlace{});
}

TEST(Attribution, ABrokenFileIsToldByItsKey) {
  json process = process_json();
  process["arrays"][0]["kind"] = "heapp";
  EXPECT_EQ(complaint(process), "kind: 'heapp' is no kind of array");
  process = process_json();
  process["sites"][0].erase("stores");
  EXPECT_THAT(complaint(process), HasSubstr("stores"));
  process = process_json();
  process.erase("arrays");
  EXPECT_THAT(complaint(process), HasSubstr("arrays"));
}

TEST(Attribution, ProcessesAreSummedWhereThePlaceOrTheArrayIsTheSame) {
  const Attribution one = attribution_from(process_json().dump());
  json other = process_json();
  other["sites"][0]["line"] = 8;
  other["arrays"][0]["largest"] = 250;
  const Attribution sum = sum_of({one, attribution_from(other.dump()), one});
  ASSERT_EQ(sum.sites.size(), 2U);
  EXPECT_EQ(sum.sites[0].place.line, 7U);
  EXPECT_EQ(sum.sites[0].instructions, 200U);
  EXPECT_THAT(sum.sites[0].levels, ElementsAre(Misses{2, 4, 6}, Misses{8, 10, 12}));
  EXPECT_EQ(sum.sites[1].instructions, 100U);
  ASSERT_EQ(sum.arrays.size(), 1U);
  EXPECT_EQ(sum.arrays[0].blocks, 9U);
  EXPECT_EQ(sum.arrays[0].bytes, 900U);
  EXPECT_EQ(sum.arrays[0].largest, 250U);
  EXPECT_THAT(sum.arrays[0].levels, ElementsAre(Misses{0, 21, 24}, Misses{0, 27, 30}));
}

TEST(Attribution, AnotherCallStackIsAnotherArray) {
  json other = process_json();
  other["arrays"][0]["stack"][1]["line"] = 10;
  EXPECT_EQ(sum_of({attribution_from(process_json().dump()), attribution_from(other.dump())}).arrays.size(), 2U);
}

TEST(Attribution, OnlyWholeFilesOfAFolderAreRead) {
  const Folder folder;
  folder.write("10-0.json", process_json().dump());
  folder.write("11-0.json", process_json().dump());
  folder.write("12-0.partial", "{");
  folder.write("10.log", "==10== something");
  EXPECT_EQ(read_attribution(folder.path()).sites.at(0).instructions, 200U);
  EXPECT_THAT(read_attribution(folder.path() / "nowhere").sites, IsEmpty());
}

}  // namespace
}  // namespace countercheck
