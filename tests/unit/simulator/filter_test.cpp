#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

#include "model.hpp"

namespace countercheck {
namespace {

TEST(Filter, KnowsNoLineOrPageThatLeft) {
  sim_machine machine = one_level({1, 2, SIM_LRU});
  machine.tlb.small = {1, 2, SIM_LRU};
  Model model(machine);
  for (std::uint64_t i = 0; i < 100; ++i) model.store(i * 4096);
  EXPECT_EQ(sim_filter_find(&model.core().stores, 0), nullptr);
  EXPECT_NE(sim_filter_find(&model.core().stores, 6336), nullptr);
  EXPECT_EQ(sim_filter_find(&model.core().tlb.pages, 0), nullptr);
  EXPECT_NE(sim_filter_find(&model.core().tlb.pages, 99), nullptr);
}

// The translated code writes to the slots of a core without lines where the model was called instead.
TEST(Filter, EverySlotOfACoreThatWasNeverUsedMayBeWritten) {
  Model model(one_level());
  for (const sim_filter* filter : {&model.core().fetches, &model.core().loads, &model.core().stores}) {
    EXPECT_TRUE(std::all_of(std::begin(filter->times), std::end(filter->times),
                            [&](const std::uint64_t* time) { return time == &filter->unused; }));
  }
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

TEST(Filter, TellsArraysApartThatLieAPowerOfTwoFromEachOther) {
  for (const std::uint64_t bytes : {std::uint64_t{1} << 18, std::uint64_t{1} << 19, std::uint64_t{1} << 22}) {
    Model model(one_level({1, 4, SIM_LRU}));
    for (std::uint64_t array = 0; array < 4; ++array) model.load(array * bytes);
    for (std::uint64_t array = 0; array < 4; ++array)
      EXPECT_NE(sim_filter_find(&model.core().loads, array * bytes / 64), nullptr) << bytes << " times " << array;
  }
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
