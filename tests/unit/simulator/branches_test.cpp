#include <gtest/gtest.h>

#include <random>

#include "predictors.hpp"
#include "slow_branches.hpp"

namespace countercheck {
namespace {

// Seven histories on the way to seven times taken, each with a counter that still says no; the eighth has to be told
// twice.
TEST(Branches, CachegrindsPredictorMissesABranchThatIsAlwaysTakenNineTimes) {
  Predictors predictors(kAsCachegrind);
  int misses = 0;
  for (int i = 0; i < 1000; ++i) misses += predictors.conditional_missed(0x1234, true);
  EXPECT_EQ(misses, 9);
}

TEST(Branches, CachegrindsPredictorNeverMissesABranchThatIsNeverTaken) {
  Predictors predictors(kAsCachegrind);
  for (int i = 0; i < 1000; ++i) EXPECT_FALSE(predictors.conditional_missed(0x1234, false));
}

TEST(Branches, CachegrindsPredictorTakesAddresses128ApartForOne) {
  Predictors near(kAsCachegrind);
  Predictors same(kAsCachegrind);
  int near_misses = 0;
  int same_misses = 0;
  for (int i = 0; i < 300; ++i) {
    near_misses += near.conditional_missed(0x1000, true) + near.conditional_missed(0x1000 + 64, true);
    same_misses += same.conditional_missed(0x1000, true) + same.conditional_missed(0x1000 + 128, true);
  }
  EXPECT_EQ(same_misses, 9);
  EXPECT_GT(near_misses, 9);
}

TEST(Branches, SevenOutcomesOfHistoryPredictALoopOfEightButNotOfTwenty) {
  Predictors predictors(kAsCachegrind);
  misses_of_loop(predictors, 8, 100);
  EXPECT_EQ(misses_of_loop(predictors, 8, 100), 0);
  misses_of_loop(predictors, 20, 100);
  EXPECT_EQ(misses_of_loop(predictors, 20, 100), 100);
}

TEST(Branches, GshareNeedsOneOutcomeLessThanTheLoopIsLong) {
  Predictors predictors(gshare(14, 12));
  misses_of_loop(predictors, 13, 100);
  EXPECT_EQ(misses_of_loop(predictors, 13, 100), 0);
  misses_of_loop(predictors, 14, 100);
  EXPECT_EQ(misses_of_loop(predictors, 14, 100), 100);
}

TEST(Branches, GshareAgreesWithOneThatKeepsAllOfThePast) {
  for (const std::uint32_t history : {0u, 1u, 8u, 11u}) {
    Predictors predictors(gshare(11, history));
    SlowGshare slow(11, history);
    std::mt19937 engine(history);
    for (int i = 0; i < 100000; ++i) {
      const std::uint64_t address = engine() % 5000;
      const bool taken = address % 3 == 0 || engine() % 4 == 0;
      ASSERT_EQ(predictors.conditional_missed(address, taken), slow.missed(address, taken)) << i;
    }
  }
}

TEST(Branches, AddressesCountWithoutTheBitsThatAreAlwaysZero) {
  sim_branch_geometry arm = kAsCachegrind;
  arm.address_zeros = 2;
  Predictors predictors(arm);
  EXPECT_TRUE(predictors.indirect_missed(0x1000, 8));
  EXPECT_FALSE(predictors.indirect_missed(0x1000 + 512 * 4, 8)); /* the same entry */
  EXPECT_TRUE(predictors.indirect_missed(0x1000 + 512, 8));
}

TEST(Branches, TheLastTargetIsRightUntilItChanges) {
  Predictors predictors(kAsCachegrind);
  int misses = 0;
  for (int i = 0; i < 90; ++i) misses += predictors.indirect_missed(0x77, i < 60 ? 0x1000 : 0x2000);
  EXPECT_EQ(misses, 2);
}

TEST(Branches, TargetsInTurnNeedTheHistoryOfTargets) {
  sim_branch_geometry geometry = kAsCachegrind;
  const auto misses_after_warm_up = [&geometry] {
    Predictors predictors(geometry);
    int misses = 0;
    for (int i = 0; i < 3000; ++i) {
      const bool missed = predictors.indirect_missed(0x77, 0x401000 + 0x10 * static_cast<std::uint64_t>(i % 3));
      if (i >= 300) misses += missed;
    }
    return misses;
  };
  EXPECT_EQ(misses_after_warm_up(), 2700);
  geometry.indirect = SIM_TARGET_HISTORY;
  EXPECT_EQ(misses_after_warm_up(), 0);
}

TEST(Branches, ReturnsMissWhereTheCallsWentDeeperThanTheStack) {
  for (const int depth : {1, 15, 16, 17, 40}) {
    sim_branch_geometry geometry = kAsCachegrind;
    geometry.returns = 16;
    Predictors predictors(geometry);
    int misses = 0;
    for (int round = 0; round < 10; ++round) {
      for (int i = 0; i < depth; ++i) predictors.called(1000 + static_cast<std::uint64_t>(i));
      for (int i = depth; i-- > 0;) misses += predictors.return_missed(1000 + static_cast<std::uint64_t>(i));
    }
    EXPECT_EQ(misses, 10 * std::max(0, depth - 16)) << depth;
  }
}

TEST(Branches, AReturnToElsewhereIsMissed) {
  sim_branch_geometry geometry = kAsCachegrind;
  geometry.returns = 8;
  Predictors predictors(geometry);
  predictors.called(100);
  EXPECT_TRUE(predictors.return_missed(200));
  EXPECT_TRUE(predictors.return_missed(100)); /* nothing is left on the stack */
}

TEST(Branches, WithoutAReturnStackReturnsAreNotCounted) {
  Predictors predictors(kAsCachegrind);
  EXPECT_FALSE(predictors.return_missed(200));
}

TEST(Branches, EachFaultIsNamed) {
  sim_branch_geometry geometry = gshare(12, 13);
  EXPECT_STREQ(sim_branch_fault(&geometry), "history has at most as many bits as the table");
  geometry = gshare(21, 13);
  EXPECT_STREQ(sim_branch_fault(&geometry), "a table of counters is found by 1 to 20 bits");
  geometry = kAsCachegrind;
  EXPECT_EQ(sim_branch_fault(&geometry), nullptr);
  geometry.target_bits = 0;
  EXPECT_STREQ(sim_branch_fault(&geometry), "a table of targets is found by 1 to 20 bits");
  geometry = kAsCachegrind;
  geometry.returns = 65;
  EXPECT_STREQ(sim_branch_fault(&geometry), "a return stack holds at most 64 addresses");
  geometry = kAsCachegrind;
  geometry.address_zeros = 5;
  EXPECT_STREQ(sim_branch_fault(&geometry), "an instruction is aligned to at most 16 bytes");
}

}  // namespace
}  // namespace countercheck
