#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>

#include "analysis/miss_tables.hpp"
#include "experiment/program.hpp"
#include "experiment/simulator.hpp"
#include "simulator/machines/machine_catalogue.hpp"

namespace countercheck {
namespace {

constexpr std::uint64_t kRows = 8192;       // ROWS of known_misses.c
constexpr std::uint64_t kStackRows = 2048;  // STACK_ROWS

// The line of the program that says this of itself.
unsigned line_saying(const std::string& words) {
  std::ifstream source(KNOWN_MISSES_SOURCE);
  unsigned number = 0;
  for (std::string line; std::getline(source, line);) {
    ++number;
    if (line.find(words) != std::string::npos) return number;
  }
  ADD_FAILURE() << words;
  return 0;
}

class KnownMisses : public testing::Test {
 protected:
  void SetUp() override {
    const auto valgrind = find_program("valgrind");
    const auto* const path = std::get_if<std::string>(&valgrind);
    auto engine = find_engine(path ? *path : "", OUR_PROGRAM);
    if (const auto* why = std::get_if<std::string>(&engine)) GTEST_SKIP() << *why;
    engine_ = std::get<Engine>(engine);
    if (engine_.kind != EngineKind::countercheck) GTEST_SKIP() << engine_.why_not_ours;
  }

  SimulatedRun run(std::vector<std::string> options, const std::string& machine, bool region = true) const {
    options.insert(options.begin(), KNOWN_MISSES);
    LaunchSettings settings;
    settings.region = region;
    Simulator simulator(engine_, find_machine(machine, MACHINES), {}, settings);
    SimulatedRun run = simulator.attribute(KNOWN_MISSES, options);
    EXPECT_FALSE(run.lack) << run.lack->sentence;
    return run;
  }

 private:
  Engine engine_;
};

const ArrayRow* find_array(const MissTables& tables, const std::string& begin) {
  const auto& rows = tables.arrays.rows;
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const ArrayRow& r) { return r.name.starts_with(begin); });
  return row == rows.end() ? nullptr : &*row;
}

Misses misses_at(const SimulatedRun& run, unsigned line, std::size_t level) {
  Misses sum;
  for (const SiteCounts& site : run.where.sites) {
    if (site.place.line == line && site.place.file.ends_with("known_misses.c")) sum += site.levels[level];
  }
  sum.fetches = 0;
  return sum;
}

MissTables tables_of(const SimulatedRun& run, std::size_t most = 1000) {
  return miss_tables(run.where, sum_of(run.counts.processes), 0, most);
}

// A pass of stores finds every line new, a pass of loads finds it in L3 only.
const std::vector<Misses> kWrittenAndRead = {{0, kRows, kRows}, {0, kRows, kRows}, {0, 0, kRows}};
const std::vector<Misses> kWritten = {{0, 0, kRows}, {0, 0, kRows}, {0, 0, kRows}};

TEST_F(KnownMisses, EveryArrayHasItsOwn) {
  const SimulatedRun known = run({}, "book");
  const MissTables tables = tables_of(known);
  const std::string room = "made by room (known_misses.c:";
  std::vector<std::string> rooms;
  for (const ArrayRow& row : tables.arrays.rows) {
    if (row.name.starts_with(room)) rooms.push_back(row.name);
  }
  ASSERT_EQ(rooms.size(), 2U) << "one line allocates both, two lines call it";
  const auto line_of = [](const char* words) { return std::to_string(line_saying(words)); };
  const std::string by =
      room + line_of("aligned_alloc(LINE, ROWS * LINE); /* both */") + ", called from job (known_misses.c:";
  for (const char* caller : {"first = room()", "second = room()"}) {
    const ArrayRow* const made = find_array(tables, by + line_of(caller) + "))");
    ASSERT_TRUE(made) << caller << testing::PrintToString(rooms);
    EXPECT_EQ(made->levels, kWrittenAndRead);
    EXPECT_EQ(made->blocks, 1U);
    EXPECT_EQ(made->bytes, kRows * 64);
  }
  const ArrayRow* const named = find_array(tables, "field");
  ASSERT_TRUE(named);
  EXPECT_EQ(named->levels, kWrittenAndRead);
  const ArrayRow* const in_static_storage = find_array(tables, "table (static)");
  ASSERT_TRUE(in_static_storage);
  EXPECT_EQ(in_static_storage->levels, kWritten);
  // Beside the array, the stack has the frames of the calls.
  const ArrayRow* const stack = find_array(tables, "the stack");
  ASSERT_TRUE(stack);
  EXPECT_GE(stack->levels[0].loads, kStackRows);
  EXPECT_LE(stack->levels[0].loads, kStackRows + 16);
}

TEST_F(KnownMisses, EveryLineHasItsOwn) {
  const SimulatedRun known = run({}, "book");
  const unsigned stores = line_saying("the line of the stores");
  const unsigned loads = line_saying("the line of the loads */");
  const unsigned stack = line_saying("the line of the loads from the stack");
  for (const std::size_t level : {0U, 1U, 2U}) EXPECT_EQ(misses_at(known, stores, level), (Misses{0, 0, 4 * kRows}));
  for (const std::size_t level : {0U, 1U}) EXPECT_EQ(misses_at(known, loads, level), (Misses{0, 3 * kRows, 0}));
  EXPECT_EQ(misses_at(known, loads, 2), Misses{});
  EXPECT_EQ(misses_at(known, stack, 0), (Misses{0, kStackRows, 0}));
  EXPECT_EQ(misses_at(known, stack, 1), Misses{}) << "L2 holds it";
}

// On paper too: 4 lines of L1 and 16 of L2 hold nothing of an array from one pass to the next.
TEST_F(KnownMisses, ASmallMachineMissesEveryTime) {
  const MissTables tables = tables_of(run({}, "tiny"));
  const ArrayRow* const named = find_array(tables, "field");
  ASSERT_TRUE(named);
  EXPECT_EQ(named->levels, (std::vector<Misses>{{0, kRows, kRows}, {0, kRows, kRows}}));
}

// The whole process too, where the loader and libc have their own lines.
TEST_F(KnownMisses, PartsAddUpToTheProcess) {
  for (const bool region : {true, false}) {
    const SimulatedRun known = run({}, "book", region);
    const SimulatedCounts totals = sum_of(known.counts.processes);
    SiteCounts lines{.levels = {{}, {}, {}}};
    for (const SiteCounts& site : known.where.sites) add(lines, site);
    EXPECT_EQ(lines.instructions, totals.instructions);
    EXPECT_EQ(lines.stores, totals.stores);
    EXPECT_LE(lines.loads, totals.loads) << "a load under a condition is of no line";
    EXPECT_EQ(lines.mispredicted,
              totals.conditional_misses + totals.indirect_misses + totals.return_misses.value_or(0));
    EXPECT_EQ(lines.levels, totals.levels);
    std::vector<Misses> arrays = {{}, {}, {}};
    for (const ArrayCounts& array : known.where.arrays) add(arrays, array.levels);
    for (std::size_t level = 0; level < arrays.size(); ++level) {
      EXPECT_EQ(arrays[level].loads, totals.levels[level].loads);
      EXPECT_EQ(arrays[level].stores, totals.levels[level].stores);
    }
    const MissTables tables = tables_of(known, 3);
    double share = *miss_share(tables.arrays.others.levels, tables.arrays.total.levels, 0);
    for (const ArrayRow& row : tables.arrays.rows) share += *miss_share(row.levels, tables.arrays.total.levels, 0);
    EXPECT_DOUBLE_EQ(share, 1);
  }
}

TEST_F(KnownMisses, ChildrenAndSecondProgramsAreSummed) {
  for (const char* how : {"fork", "exec"}) {
    const SimulatedRun twice = run({how}, "book");
    EXPECT_EQ(twice.counts.processes.size(), 2U) << how;
    const MissTables tables = tables_of(twice);
    const ArrayRow* const named = find_array(tables, "field");
    ASSERT_TRUE(named) << how;
    EXPECT_EQ(named->levels[0], (Misses{0, 2 * kRows, 2 * kRows})) << how;
    EXPECT_EQ(misses_at(twice, line_saying("the line of the stores"), 0), (Misses{0, 0, 8 * kRows})) << how;
  }
}

TEST_F(KnownMisses, AreTheSameInEveryRun) {
  EXPECT_EQ(run({}, "book", false).where, run({}, "book", false).where);
}

}  // namespace
}  // namespace countercheck
