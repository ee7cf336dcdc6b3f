#include <gtest/gtest.h>

#include "model.hpp"

namespace countercheck {
namespace {

bool every_empty_slot_may_be_written(const sim_filter& filter) {
  for (std::uint32_t i = 0; i < SIM_FILTER_SLOTS; ++i) {
    if (filter.numbers[i] == UINT64_MAX && filter.times[i] != &filter.unused) return false;
  }
  return true;
}

TEST(Filter, ASlotThatHoldsNothingMayBeWrittenBeforeAndAfterALineWasThere) {
  sim_machine machine = one_level({1, 2, SIM_LRU});
  machine.tlb.small = {1, 2, SIM_LRU};
  Model model(machine);
  EXPECT_TRUE(every_empty_slot_may_be_written(model.core().stores));
  for (std::uint64_t i = 0; i < 100; ++i) model.store(i * 4096);
  EXPECT_EQ(sim_filter_find(&model.core().stores, 0), nullptr);
  EXPECT_NE(sim_filter_find(&model.core().stores, 6336), nullptr);
  EXPECT_EQ(sim_filter_find(&model.core().tlb.pages, 0), nullptr);
  EXPECT_NE(sim_filter_find(&model.core().tlb.pages, 99), nullptr);
  EXPECT_TRUE(every_empty_slot_may_be_written(model.core().stores));
  EXPECT_TRUE(every_empty_slot_may_be_written(model.core().loads));
  EXPECT_TRUE(every_empty_slot_may_be_written(model.core().tlb.pages));
}

TEST(Filter, WhatWasStoredMayBeLoadedButNotTheOtherWayRound) {
  Model model(one_level());
  model.store(0);
  model.load(64);
  EXPECT_EQ(sim_filter_of(&model.core(), SIM_STORE), &model.core().stores);
  EXPECT_NE(sim_filter_find(&model.core().loads, 0), nullptr);
  EXPECT_EQ(sim_filter_find(&model.core().loads, 0), sim_filter_find(&model.core().stores, 0));
  EXPECT_NE(sim_filter_find(&model.core().loads, 1), nullptr);
  EXPECT_EQ(sim_filter_find(&model.core().stores, 1), nullptr);
}

TEST(Filter, LoadsAndStoresShareOneWhereNothingIsWrittenBack) {
  sim_machine machine = one_level();
  machine.writes_back = false;
  Model model(machine);
  EXPECT_EQ(sim_filter_of(&model.core(), SIM_STORE), &model.core().loads);
  EXPECT_EQ(sim_filter_of(&model.core(), SIM_LOAD), &model.core().loads);
  EXPECT_EQ(sim_filter_of(&model.core(), SIM_FETCH), &model.core().fetches);
  model.store(0);
  EXPECT_NE(sim_filter_find(&model.core().loads, 0), nullptr);
}

TEST(Filter, TheSecondOfTwoLinesAndPagesIsUsedAfterTheFirst) {
  sim_machine machine = one_level();
  machine.tlb.small = {4, 4, SIM_LRU};
  Model model(machine);
  model.load(4092);
  const std::uint64_t now = std::uint64_t{100} * SIM_TICK;
  EXPECT_EQ(sim_access_at(&model.core(), SIM_LOAD, 4092, 8, 0, now).served_by, 0);
  EXPECT_EQ(*sim_filter_find(&model.core().loads, 63), now);
  EXPECT_EQ(*sim_filter_find(&model.core().loads, 64), now + SIM_TICK_OF_LINE);
  EXPECT_EQ(*sim_filter_find(&model.core().tlb.pages, 0), now);
  EXPECT_EQ(*sim_filter_find(&model.core().tlb.pages, 1), now + SIM_TICK_OF_LINE);
}

// Half known is not known: the model has to see all of the access.
TEST(Filter, AnAccessOverTwoLinesMissesIfOneOfThemIsNotThere) {
  Model model(one_level());
  model.load(0);
  EXPECT_EQ(model.load(60), 1);
  model.load(640);
  EXPECT_EQ(model.load(636), 1);
  EXPECT_EQ(model.load(0, 192), 1);
  EXPECT_EQ(model.misses(0), 5u);
}

}  // namespace
}  // namespace countercheck
