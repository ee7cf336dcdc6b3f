#include "experiment/plan.hpp"

#include <gtest/gtest.h>

#include "counters/user_error.hpp"

namespace countercheck {
namespace {

Experiment settled(const PlanRequest& request, Kind kind = Kind::comparison, unsigned rounds = 5) {
  Experiment experiment{.kind = kind};
  settle_plan(experiment, request, rounds);
  return experiment;
}

std::string complaint(const PlanRequest& request) {
  try {
    settled(request);
  } catch (const UserError& error) {
    EXPECT_EQ(error.trouble(), Trouble::usage);
    return error.what();
  }
  return "";
}

TEST(Plan, WhatIsNotAsked) {
  const Experiment comparison = settled({});
  EXPECT_EQ(comparison.rounds, 5u);
  EXPECT_EQ(comparison.plan.order, Order::balanced);
  EXPECT_EQ(comparison.plan.warm_up, 1u);
  EXPECT_EQ(comparison.plan.layouts, 1u);
  EXPECT_FALSE(comparison.plan.seconds);
  EXPECT_FALSE(comparison.plan.stops_early);
  EXPECT_TRUE(comparison.plan.randomised);
  EXPECT_EQ(settled({}, Kind::stat, 1).plan.warm_up, 0u);
}

TEST(Plan, WhatIsAsked) {
  const Experiment experiment = settled({.rounds = 40,
                                         .seconds = 2.5,
                                         .warm_up = 0,
                                         .order = Order::sequential,
                                         .seed = 4711,
                                         .layouts = 8,
                                         .randomised = true});
  EXPECT_EQ(experiment.rounds, 40u);
  EXPECT_EQ(experiment.plan, (Plan{.order = Order::sequential, .seed = 4711, .layouts = 8, .seconds = 2.5}));
}

TEST(Plan, TheTimeAloneDecidesWhereItAloneIsGiven) {
  EXPECT_EQ(settled({.seconds = 3}).rounds, 0u);
}

TEST(Plan, LayoutsHaveARoundEachAndAreOursAlone) {
  EXPECT_EQ(settled({.layouts = 32}).rounds, 32u);
  EXPECT_EQ(settled({.layouts = 3}).rounds, 5u);
  EXPECT_FALSE(settled({.layouts = 2}).plan.randomised);
  EXPECT_EQ(complaint({.rounds = 31, .layouts = 32}),
            "32 layouts need a round each: use -r 32 or more, or fewer --layouts");
}

TEST(Plan, WhatStopsEarlyHasRoundsEnough) {
  const Experiment early = settled({.stops_early = true});
  EXPECT_EQ(early.rounds, 100u);
  EXPECT_TRUE(early.plan.stops_early);
  EXPECT_EQ(settled({.rounds = 7, .stops_early = true}).rounds, 7u);
}

TEST(Plan, SequentialOrderHasNoRoundToStopAfter) {
  EXPECT_EQ(complaint({.order = Order::sequential, .stops_early = true}),
            "--early decides after each round of all variants, and --order sequential has none: leave one away");
}

TEST(Plan, SeedsAreDrawnAndNever0) {
  const auto seed = settled({}).plan.seed;
  EXPECT_GT(seed, 0u);
  EXPECT_LT(seed, std::uint64_t{1} << 32);
  EXPECT_NE(seed, settled({}).plan.seed) << "wrong once in four thousand million runs";
}

TEST(Plan, TheLineComesBeforeTheSuite) {
  const PlanRequest line{.rounds = 9, .layouts = 1, .randomised = false};
  const PlanRequest suite{.rounds = 3, .warm_up = 2, .seed = 7, .layouts = 4, .cpus = "1", .randomised = true};
  EXPECT_EQ(line.or_else(suite),
            (PlanRequest{.rounds = 9, .warm_up = 2, .seed = 7, .layouts = 1, .cpus = "1", .randomised = false}));
}

}  // namespace
}  // namespace countercheck
