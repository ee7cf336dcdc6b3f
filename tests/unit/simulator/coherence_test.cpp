#include <gtest/gtest.h>

#include "model.hpp"

namespace countercheck {
namespace {

// Private first and second levels under a shared third.
sim_machine two_cores(sim_inclusion last = SIM_NON_INCLUSIVE) {
  sim_machine machine = one_level({16, 4, SIM_LRU});
  machine.cores = 2;
  machine = add_level(machine, {64, 8, SIM_LRU});
  machine.levels[1].shared = false;
  return add_level(machine, {256, 16, SIM_LRU}, last);
}

void increment_in_turns(Model& model, std::uint64_t distance, int rounds) {
  for (int round = 0; round < rounds; ++round) {
    for (std::uint32_t core = 0; core < 2; ++core) {
      sim_load(&model.core(core), core * distance, 8, 0);
      sim_store(&model.core(core), core * distance, 8, 0);
    }
  }
}

std::uint64_t coherence_misses(Model& model) {
  std::uint64_t sum = 0;
  for (std::uint32_t core = 0; core < 2; ++core) {
    for (const std::uint64_t misses : model.core(core).coherence_misses) sum += misses;
  }
  return sum;
}

TEST(Coherence, PaddedCountersNeverMissForEachOther) {
  Model model(two_cores());
  increment_in_turns(model, 64, 100000);
  EXPECT_EQ(coherence_misses(model), 0u);
  EXPECT_EQ(model.misses(0), 1u);
}

TEST(Coherence, CountersInOneLineMissAtEveryTurnButTheFirst) {
  for (const sim_inclusion last : {SIM_NON_INCLUSIVE, SIM_INCLUSIVE, SIM_EXCLUSIVE}) {
    Model model(two_cores(last));
    increment_in_turns(model, 8, 100000);
    EXPECT_EQ(coherence_misses(model), 2u * 99999);
    EXPECT_EQ(model.core(0).coherence_misses[SIM_LOAD], 99999u);
    EXPECT_EQ(model.core(0).coherence_misses[SIM_STORE], 0u); /* the load fetched it; the store only asks */
    EXPECT_EQ(model.core(0).invalidating_stores + model.core(1).invalidating_stores, 199999u);
    EXPECT_EQ(model.hierarchy().memory_reads, 1u); /* it comes from the shared level */
    EXPECT_EQ(model.counts(0, 0).invalidations, 100000u);
  }
}

TEST(Coherence, WhatIsOnlyReadIsSharedInPeace) {
  Model model(two_cores());
  for (int round = 0; round < 1000; ++round) {
    for (std::uint32_t core = 0; core < 2; ++core) sim_load(&model.core(core), 0, 8, 0);
  }
  EXPECT_EQ(coherence_misses(model), 0u);
  EXPECT_EQ(model.core(0).misses[0][SIM_LOAD] + model.core(1).misses[0][SIM_LOAD], 2u);
}

TEST(Coherence, AReaderMakesTheWriterWriteBackAndAskAgain) {
  Model model(two_cores());
  for (int round = 0; round < 1000; ++round) {
    sim_store(&model.core(0), 0, 8, 0);
    sim_load(&model.core(1), 8, 8, 0);
  }
  EXPECT_EQ(model.core(1).coherence_misses[SIM_LOAD], 999u);
  EXPECT_EQ(model.core(0).misses[0][SIM_STORE], 1u);
  EXPECT_EQ(model.core(0).invalidating_stores, 999u);
  EXPECT_EQ(model.counts(1, 0).write_backs, 1000u);
  EXPECT_EQ(model.hierarchy().memory_writes, 0u); /* the shared level keeps it */
}

// Alone, the first core asked nobody for the line that it has in its filters.
TEST(Coherence, WhatACoreDidBeforeTheSecondStartedIsKnownToTheSecond) {
  Model model(two_cores());
  for (int i = 0; i < 1000; ++i) sim_store(&model.core(0), 0, 8, 0);
  EXPECT_EQ(sim_load(&model.core(1), 0, 8, 0).served_by, 2);
  EXPECT_EQ(model.counts(1, 0).write_backs, 1u);
  sim_store(&model.core(0), 0, 8, 0);
  EXPECT_EQ(model.core(0).invalidating_stores, 1u);
  EXPECT_EQ(model.counts(0, 1).invalidations, 1u);
  sim_load(&model.core(1), 0, 8, 0);
  EXPECT_EQ(model.core(1).coherence_misses[SIM_LOAD], 1u);
  EXPECT_EQ(coherence_misses(model), 1u);
}

TEST(Coherence, ALineLostToRoomIsNoCoherenceMiss) {
  Model model(two_cores());
  sim_load(&model.core(0), 0, 8, 0);
  for (std::uint64_t i = 1; i <= 1024; ++i) sim_load(&model.core(0), i * 64, 8, 0);
  sim_store(&model.core(1), 0, 8, 0);
  sim_load(&model.core(0), 0, 8, 0);
  EXPECT_EQ(coherence_misses(model), 0u);
}

}  // namespace
}  // namespace countercheck
