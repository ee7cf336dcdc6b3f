#include "analysis/miss_tables.hpp"

#include <gmock/gmock.h>

namespace countercheck {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

ArrayCounts array(const char* name, std::vector<Misses> levels) {
  return {
      .kind = ArrayKind::named, .name = name, .blocks = 1, .bytes = 100, .largest = 100, .levels = std::move(levels)};
}

SiteCounts site(const char* function, unsigned line, std::uint64_t instructions, std::vector<Misses> levels) {
  return {.place = {function, "/src/a.c", line, "/bin/a"},
          .instructions = instructions,
          .loads = 50,
          .stores = 30,
          .levels = std::move(levels)};
}

// Of two levels; lopsided everywhere.
const Attribution kWhere = {
    .sites = {site("f()", 3, 200, {{2, 70, 9}, {1, 3, 1}}), site("f()", 4, 100, {{1, 0, 12}, {0, 0, 2}}),
              site("g()", 9, 300, {{0, 5, 0}, {0, 5, 0}}), site("h()", 12, 40, {{4, 0, 0}, {4, 0, 0}})},
    .arrays = {array("small", {{0, 5, 1}, {0, 5, 1}}), array("large", {{0, 60, 19}, {0, 2, 2}}),
               array("middle", {{0, 10, 1}, {0, 1, 0}})}};

SimulatedCounts totals() {
  return {.instructions = 640,
          .loads = 210,  // 10 under a condition, of no line
          .stores = 120,
          .levels = {{7, 75, 21}, {5, 8, 3}}};
}

std::vector<std::string> names_of(const std::vector<ArrayRow>& rows) {
  std::vector<std::string> names;
  for (const auto& row : rows) names.push_back(row.name);
  return names;
}

TEST(MissTables, RowsStandInTheOrderOfTheLevelAskedFor) {
  EXPECT_THAT(names_of(miss_tables(kWhere, totals(), 0, 10).arrays.rows), ElementsAre("large", "middle", "small"));
  EXPECT_THAT(names_of(miss_tables(kWhere, totals(), 1, 10).arrays.rows), ElementsAre("small", "large", "middle"));
}

TEST(MissTables, WhatIsLeftOutAndTheRowsMakeTheTotal) {
  for (const std::size_t most : {1U, 2U, 10U}) {
    const MissTables tables = miss_tables(kWhere, totals(), 0, most);
    double share = *miss_share(tables.arrays.others.levels, tables.arrays.total.levels, 0);
    for (const auto& row : tables.arrays.rows) share += *miss_share(row.levels, tables.arrays.total.levels, 0);
    EXPECT_DOUBLE_EQ(share, 1) << most;
    std::uint64_t instructions = tables.lines.others.instructions;
    for (const auto& row : tables.lines.rows) instructions += row.instructions;
    EXPECT_EQ(instructions, 640U) << most;
  }
  const MissTables tables = miss_tables(kWhere, totals(), 0, 1);
  EXPECT_EQ(tables.arrays.left_out, 2U);
  EXPECT_THAT(tables.arrays.others.levels, ElementsAre(Misses{0, 15, 2}, Misses{0, 6, 1}));
  EXPECT_EQ(tables.lines.left_out, 2U) << "h missed nothing by loads and stores";
  EXPECT_EQ(tables.lines.others.instructions, 440U);
  EXPECT_EQ(tables.lines.others.loads, 160U) << "with those of no line";
}

TEST(MissTables, LinesOfAFunctionAreItsSum) {
  const auto& rows = miss_tables(kWhere, totals(), 0, 10).functions.rows;
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].place, (CodePlace{"f", "", 0, "/bin/a"}));
  EXPECT_EQ(rows[0].instructions, 300U);
  EXPECT_THAT(rows[0].levels, ElementsAre(Misses{3, 70, 21}, Misses{1, 3, 3}));
}

TEST(MissTables, BlocksOfTheSameMakersAreOneArray) {
  const CodePlace maker = {"room", "/src/a.c", 27, "/bin/a"};
  const auto made = [&](unsigned caller, const char* below) {
    return ArrayCounts{.kind = ArrayKind::heap,
                       .stack = {{"malloc", "", 0, "/lib/libc.so.6"},
                                 maker,
                                 {"job", "/src/a.c", caller, "/bin/a"},
                                 {below, "/src/a.c", 90, "/bin/a"}},
                       .blocks = 2,
                       .bytes = 200,
                       .largest = 150,
                       .levels = {{0, 8, 1}}};
  };
  const Attribution where = {.arrays = {made(55, "main"), made(56, "main"), made(55, "other")}};
  const auto& rows = miss_tables(where, {.levels = {{0, 24, 3}}}, 0, 10).arrays.rows;
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].name, "made by room (a.c:27, called from job (a.c:55))");
  EXPECT_EQ(rows[0].blocks, 4U);
  EXPECT_EQ(rows[0].bytes, 400U);
  EXPECT_EQ(rows[0].largest, 150U);
  EXPECT_THAT(rows[0].levels, ElementsAre(Misses{0, 16, 2}));
  EXPECT_EQ(rows[1].name, "made by room (a.c:27, called from job (a.c:56))");
}

TEST(MissTables, OfNothingThereIsNoShare) {
  const MissTables tables = miss_tables({}, {.instructions = 7, .levels = {{1, 0, 0}}}, 0, 10);
  EXPECT_THAT(tables.arrays.rows, IsEmpty());
  EXPECT_EQ(tables.lines.others.instructions, 7U);
  EXPECT_EQ(miss_share(tables.lines.others.levels, tables.lines.total.levels, 0), std::nullopt);
}

// Without a return stack, the model has no branch of the returns.
TEST(MissTables, ReturnsAreBranchesWhereTheMachinePredictsThem) {
  SimulatedCounts counts = totals();
  counts.conditional_branches = 11;
  counts.indirect_branches = 5;
  counts.returns = 7;
  EXPECT_EQ(miss_tables({}, counts, 0, 10).lines.total.branches, 16U);
  counts.return_misses = 0;
  EXPECT_EQ(miss_tables({}, counts, 0, 10).lines.total.branches, 23U);
}

}  // namespace
}  // namespace countercheck
