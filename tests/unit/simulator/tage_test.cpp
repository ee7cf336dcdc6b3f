#include <gtest/gtest.h>

#include <random>

#include "predictors.hpp"
#include "slow_branches.hpp"

namespace countercheck {
namespace {

constexpr sim_branch_geometry tage{SIM_TAGE, 0, 0, SIM_LAST_TARGET, 9, 0, 0};

// As long as the histories of its first five tables, and one. The last table's 250 outcomes are folded to 10 and 11
// bits, in which the place of a loop's end is known only modulo 110.
TEST(Tage, PredictsLoopsAsLongAsItsHistories) {
  for (const int length : {3, 6, 12, 25, 54, 116}) {
    Predictors predictors(tage);
    misses_of_loop(predictors, length, 300);
    EXPECT_EQ(misses_of_loop(predictors, length, 100), 0) << length;
  }
}

TEST(Tage, MissesTheEndOfALoopLongerThanAllItsHistories) {
  Predictors predictors(tage);
  misses_of_loop(predictors, 400, 100);
  EXPECT_EQ(misses_of_loop(predictors, 400, 100), 100);
}

TEST(Tage, LearnsABranchThatRepeatsOneOfLongAgo) {
  const auto share_missed = [](const sim_branch_geometry& geometry) {
    Predictors predictors(geometry);
    std::mt19937 engine(1);
    int misses = 0;
    for (int i = 0; i < 40000; ++i) {
      const bool coin = engine() % 2 == 0;
      predictors.conditional_missed(0x1000, coin);
      for (std::uint64_t fill = 0; fill < 18; ++fill) predictors.conditional_missed(0x2000 + fill, true);
      const bool missed = predictors.conditional_missed(0x3000, coin);
      if (i >= 20000) misses += missed;
    }
    return misses / 20000.0;
  };
  EXPECT_LT(share_missed(tage), 0.001);
  EXPECT_NEAR(share_missed(gshare(14, 12)), 0.5, 0.02);
}

TEST(Tage, HalfOfRandomOutcomesAreMissed) {
  Predictors predictors(tage);
  std::mt19937 engine(1);
  int misses = 0;
  for (int i = 0; i < 100000; ++i) misses += predictors.conditional_missed(engine() % 16, engine() % 2 == 0);
  EXPECT_NEAR(misses / 100000.0, 0.5, 0.01);
}

// Long enough for usefulness to be halved once.
TEST(Tage, AgreesWithOneThatKeepsAllOfThePast) {
  Predictors predictors(tage);
  SlowTage slow;
  std::mt19937 engine(3);
  std::uint32_t recent = 0;
  for (int i = 0; i < 300000; ++i) {
    std::uint64_t address = engine() % (i % 60000 < 30000 ? 40 : 30000);
    if (i % 20000 < 10000) address *= 0x40100f1;  // bits up to the fortieth
    const bool taken = address % 5 == 0 ? engine() % 2 == 0 : (recent >> address % 23 & 1) != 0;
    ASSERT_EQ(predictors.conditional_missed(address, taken), slow.missed(address, taken)) << i;
    recent = recent << 1 | taken;
  }
}

}  // namespace
}  // namespace countercheck
