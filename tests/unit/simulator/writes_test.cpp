#include <gtest/gtest.h>

#include "model.hpp"

namespace countercheck {
namespace {

constexpr std::uint64_t line = 64;

TEST(Writes, AStreamOfStoresIsWrittenBackButForWhatStillFits) {
  Model model(one_level({64, 8, SIM_LRU}));
  for (std::uint64_t i = 0; i < 40000; ++i) model.store(i * 8);
  EXPECT_EQ(model.misses(0, SIM_STORE), 5000u);
  EXPECT_EQ(model.hierarchy().memory_reads, 5000u); /* write-allocate */
  EXPECT_EQ(model.counts(0).evictions, 5000u - 512);
  EXPECT_EQ(model.counts(0).write_backs, 5000u - 512);
  EXPECT_EQ(model.hierarchy().memory_writes, 5000u - 512);
}

TEST(Writes, LoadsAreNotWrittenBack) {
  Model model(one_level({64, 8, SIM_LRU}));
  for (std::uint64_t i = 0; i < 5000; ++i) model.load(i * line);
  EXPECT_EQ(model.counts(0).evictions, 5000u - 512);
  EXPECT_EQ(model.counts(0).write_backs, 0u);
}

TEST(Writes, ALineIsWrittenBackOnceHoweverOftenItWasWritten) {
  Model model(one_level({1, 4, SIM_LRU}));
  for (int i = 0; i < 100; ++i) model.store(0);
  for (std::uint64_t i = 1; i <= 12; ++i) model.load(i * line);
  EXPECT_EQ(model.counts(0).write_backs, 1u);
  EXPECT_EQ(model.hierarchy().memory_writes, 1u);
}

TEST(Writes, ALineThatWasLoadedFirstIsDirtyOnceItIsWritten) {
  Model model(one_level({1, 4, SIM_LRU}));
  for (int i = 0; i < 3; ++i) model.load(0);
  model.store(0);
  model.load(0);
  for (std::uint64_t i = 1; i <= 4; ++i) model.load(i * line);
  EXPECT_EQ(model.hierarchy().memory_writes, 1u);
}

// A copy of 3000 lines onto 3000 others, two levels: only the copy is written back, first to the second level and from
// there to memory.
TEST(Writes, ACopyWritesBackItsTargetThroughEachLevel) {
  Model model(add_level(one_level({16, 2, SIM_LRU}), {64, 8, SIM_LRU}));
  constexpr std::uint64_t target = 1 << 20;
  for (std::uint64_t i = 0; i < 3000; ++i) {
    model.load(i * line);
    model.store(target + i * line);
  }
  EXPECT_EQ(model.counts(0).evictions, 6000u - 32);
  EXPECT_EQ(model.counts(0).write_backs, 3000u - 16);
  EXPECT_EQ(model.counts(1).evictions, 6000u - 512);
  EXPECT_EQ(model.counts(1).write_backs, model.hierarchy().memory_writes);
  EXPECT_EQ(model.hierarchy().memory_writes, 3000u - 256);
}

TEST(Writes, AnInclusiveLevelThatGivesUpALineWritesTheNewerDataAbove) {
  Model model(add_level(one_level({1, 4, SIM_LRU}), {1, 8, SIM_LRU}, SIM_INCLUSIVE));
  model.store(0);
  for (std::uint64_t i = 1; i <= 8; ++i) {
    model.store(0);
    model.load(i * line);
  }
  EXPECT_EQ(model.counts(0).back_invalidations, 1u);
  EXPECT_EQ(model.counts(0).write_backs, 0u);
  EXPECT_EQ(model.counts(1).write_backs, 1u);
  EXPECT_EQ(model.hierarchy().memory_writes, 1u);
}

TEST(Writes, ADirtyLineStaysDirtyOnItsWayThroughAnExclusiveLevel) {
  Model model(add_level(one_level({1, 2, SIM_LRU}), {1, 2, SIM_LRU}, SIM_EXCLUSIVE));
  model.store(0);
  model.load(1 * line);
  model.load(2 * line);        /* line 0 goes to the second level */
  EXPECT_EQ(model.load(0), 1); /* and comes back */
  for (std::uint64_t i = 3; i <= 6; ++i) model.load(i * line);
  EXPECT_EQ(model.hierarchy().memory_writes, 1u);
}

TEST(Writes, WhereNothingIsWrittenBackAStoreIsALoad) {
  sim_machine machine = one_level({64, 8, SIM_LRU});
  machine.writes_back = false;
  Model model(machine);
  for (std::uint64_t i = 0; i < 5000; ++i) model.store(i * line);
  EXPECT_EQ(model.misses(0, SIM_STORE), 5000u);
  EXPECT_EQ(model.hierarchy().memory_writes, 0u);
}

}  // namespace
}  // namespace countercheck
