#include <gtest/gtest.h>

#include "model.hpp"

namespace countercheck {
namespace {

constexpr std::uint64_t line = 64;

void stream(Model& model, std::uint64_t lines, std::uint64_t stride = line) {
  for (std::uint64_t i = 0; i < lines; ++i) model.load(i * stride);
}

TEST(Levels, AStreamMissesOncePerLineWhateverTheStepInALine) {
  for (const std::uint64_t step : {1u, 4u, 8u, 24u, 64u, 200u}) {
    Model model(one_level());
    const std::uint64_t accesses = 10000;
    for (std::uint64_t i = 0; i < accesses; ++i) model.load(i * step, 1);
    const std::uint64_t lines = step < line ? ((accesses - 1) * step) / line + 1 : accesses;
    EXPECT_EQ(model.misses(0), lines) << step;
    EXPECT_EQ(model.hierarchy().memory_reads, lines) << step;
  }
}

TEST(Levels, AWorkingSetThatJustFitsMissesOnlyOnTheFirstRound) {
  for (const sim_policy policy : {SIM_LRU, SIM_TREE_PLRU, SIM_RANDOM}) {
    for (const sim_geometry geometry :
         {sim_geometry{64, 8, policy}, {7, 5, policy}, {1, 24, policy}, {31, 1, policy}}) {
      Model model(one_level(geometry));
      const std::uint64_t lines = std::uint64_t{geometry.sets} * geometry.ways;
      for (int round = 0; round < 5; ++round) stream(model, lines);
      EXPECT_EQ(model.misses(0), lines);
      EXPECT_EQ(model.counts(0).evictions, 0u);
    }
  }
}

// The one line too many comes into set 0, which then holds none of its lines when they come round again. Tree-PLRU on
// nothing but misses gives its ways away in turn, as FIFO does, and loses the same.
TEST(Levels, OneLineTooManyThrashesItsSetAlone) {
  for (const sim_policy policy : {SIM_LRU, SIM_TREE_PLRU}) {
    for (const std::uint32_t ways : {1u, 2u, 4u, 8u, 16u}) {
      Model model(one_level({16, ways, policy}));
      const std::uint64_t lines = 16 * ways + 1;
      for (int round = 0; round < 10; ++round) stream(model, lines); /* PLRU has a few hits until its turn settles */
      const std::uint64_t before = model.misses(0);
      for (int round = 0; round < 100; ++round) stream(model, lines);
      EXPECT_EQ(model.misses(0) - before, 100 * (ways + 1)) << ways;
    }
  }
}

TEST(Levels, TwiceTheCapacityMissesEverywhereUnderLru) {
  Model model(one_level({48, 12, SIM_LRU}));
  const std::uint64_t lines = 1152;
  for (int round = 0; round < 3; ++round) stream(model, lines);
  EXPECT_EQ(model.misses(0), 3 * lines);
}

TEST(Levels, RandomReplacementKeepsSomeOfACyclicSetAndRepeatsItself) {
  const auto misses = [](std::uint32_t seed) {
    sim_machine machine = one_level({1, 8, SIM_RANDOM});
    machine.seed = seed;
    Model model(machine);
    for (int round = 0; round < 1000; ++round) stream(model, 9);
    return model.misses(0);
  };
  EXPECT_LT(misses(1), 4500u); /* LRU: 9000 */
  EXPECT_GT(misses(1), 1000u); /* the best that is possible: one a round */
  EXPECT_EQ(misses(1), misses(1));
  EXPECT_NE(misses(1), misses(2));
}

TEST(Levels, LinesAConflictDistanceApartShareOneSetUnlessTheSetsAreNoPowerOfTwo) {
  Model power(one_level({64, 8, SIM_LRU}));
  Model odd(one_level({63, 8, SIM_LRU}));
  for (int round = 0; round < 10; ++round) {
    stream(power, 9, 64 * line);
    stream(odd, 9, 64 * line);
  }
  EXPECT_EQ(power.misses(0), 90u);
  EXPECT_EQ(odd.misses(0), 9u);
}

// Neighbours in a column of 4096-byte rows are in one set. All eight stay in the filter, and their order is kept all
// the same: the one that was used first must leave.
TEST(Levels, TheFilterKeepsTheOrderOfUseInsideASet) {
  Model model(one_level());
  for (int round = 0; round < 3; ++round) stream(model, 8, 4096);
  model.load(0);
  EXPECT_EQ(model.misses(0), 8u);
  model.load(32768); /* line 1 leaves, not line 0 */
  EXPECT_EQ(model.load(0), 0);
  EXPECT_EQ(model.load(4096), 1);
  EXPECT_EQ(model.misses(0), 10u);
}

TEST(Levels, TreePlruForgetsAnotherWayThanLru) {
  const auto lost_after_a_again = [](sim_policy policy) {
    Model model(one_level({1, 4, policy}));
    stream(model, 4);
    model.load(0);
    model.load(4 * line);
    for (std::uint64_t i = 0; i < 4; ++i) {
      if (sim_cache_find(&model.core().path[SIM_DATA][0]->cache, i) == nullptr) return i;
    }
    return std::uint64_t{99};
  };
  EXPECT_EQ(lost_after_a_again(SIM_LRU), 1u);       /* the oldest */
  EXPECT_EQ(lost_after_a_again(SIM_TREE_PLRU), 2u); /* the older of the half that was not used last */
}

TEST(Levels, EachLevelMissesWhatDoesNotFitIt) {
  sim_machine machine = one_level({4, 2, SIM_LRU});                           /* 8 lines */
  machine = add_level(add_level(machine, {8, 4, SIM_LRU}), {64, 4, SIM_LRU}); /* 32 and 256 */
  struct Case {
    std::uint64_t lines, first, second, third;
  };
  for (const Case& want : {Case{8, 8, 8, 8},
                           {16, 160, 16, 16},
                           {32, 320, 32, 32},
                           {64, 640, 640, 64},
                           {256, 2560, 2560, 256},
                           {512, 5120, 5120, 5120}}) {
    Model model(machine);
    for (int round = 0; round < 10; ++round) stream(model, want.lines);
    EXPECT_EQ(model.misses(0), want.first) << want.lines;
    EXPECT_EQ(model.misses(1), want.second) << want.lines;
    EXPECT_EQ(model.misses(2), want.third) << want.lines;
  }
}

TEST(Levels, CodeAndDataMeetWhereACacheIsUnified) {
  sim_machine machine = one_level({4, 2, SIM_LRU});
  machine.levels[0].split = true;
  machine.levels[0].code = {2, 1, SIM_LRU};
  Model model(add_level(machine, {16, 4, SIM_LRU}));
  EXPECT_EQ(model.load(0), 2);
  EXPECT_EQ(model.fetch(0), 1);
  EXPECT_EQ(model.fetch(4), 0);
  for (std::uint64_t i = 0; i < 4; ++i) model.fetch(i * line); /* two lines of code fit */
  EXPECT_EQ(model.fetch(0), 1);
  EXPECT_EQ(model.load(0), 0);
  EXPECT_EQ(model.misses(0, SIM_FETCH), 5u);
  EXPECT_EQ(model.misses(1, SIM_FETCH), 3u);
  EXPECT_EQ(model.misses(0, SIM_LOAD), 1u);
}

TEST(Levels, AnAccessOverTwoLinesIsTwoUnlessItCountsAsOne) {
  sim_machine machine = one_level();
  Model two(machine);
  two.load(60);
  EXPECT_EQ(two.misses(0), 2u);
  EXPECT_EQ(two.load(0, 64) + two.load(64, 64), 0);

  machine.writes_back = false;
  machine.straddle_as_one = true;
  Model one(add_level(machine, {64, 16, SIM_LRU}));
  one.load(64);
  one.load(60);
  EXPECT_EQ(one.misses(0), 2u);
  EXPECT_EQ(one.misses(1), 2u);
  EXPECT_EQ(one.load(0, 64) + one.load(64, 64), 0);
}

TEST(Levels, ZeroedCountsLeaveTheCachesWarm) {
  Model model(add_level(one_level(), {1024, 8, SIM_LRU}));
  stream(model, 500);
  sim_hierarchy_zero_counts(&model.hierarchy());
  stream(model, 500);
  EXPECT_EQ(model.misses(0), 0u);
  EXPECT_EQ(model.hierarchy().memory_reads, 0u);
}

TEST(Levels, AnExclusiveLevelAddsItsRoom) {
  const sim_machine small = one_level({1, 8, SIM_LRU});
  Model exclusive(add_level(small, {1, 16, SIM_LRU}, SIM_EXCLUSIVE));
  Model other(add_level(small, {1, 16, SIM_LRU}));
  for (int round = 0; round < 10; ++round) {
    stream(exclusive, 24);
    stream(other, 24);
  }
  EXPECT_EQ(exclusive.misses(0), 240u);
  EXPECT_EQ(exclusive.misses(1), 24u);
  EXPECT_EQ(other.misses(1), 240u);
}

// Line 0 is used all the time, but only the first level sees it: below, it grows old.
TEST(Levels, AnInclusiveLevelTakesAwayWhatIsInUseAbove) {
  const auto misses_of_line_0 = [](sim_inclusion inclusion) {
    Model model(add_level(one_level({1, 4, SIM_LRU}), {1, 16, SIM_LRU}, inclusion));
    int misses = 0;
    for (std::uint64_t i = 1; i <= 160; ++i) {
      misses += model.load(0) != 0;
      model.load(i * line);
    }
    EXPECT_EQ(model.counts(0).back_invalidations > 0, inclusion == SIM_INCLUSIVE);
    return misses;
  };
  EXPECT_EQ(misses_of_line_0(SIM_NON_INCLUSIVE), 1);
  EXPECT_EQ(misses_of_line_0(SIM_INCLUSIVE), 10);
}

}  // namespace
}  // namespace countercheck
