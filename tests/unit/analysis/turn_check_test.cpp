#include "analysis/turn_check.hpp"

#include <gmock/gmock.h>

#include "experiment/turns.hpp"
#include "tests/unit/analysis/experiments.hpp"

namespace countercheck {
namespace {

// Two passes over three variants in four rounds after one of warm-up, in the order that the plan draws.
Experiment planned(Order order = Order::balanced) {
  Experiment experiment = testing::experiment_of(Kind::comparison, {"a", "b", "c"}, {}, 4);
  experiment.event_passes = {{"cycles"}, {"branches"}};
  experiment.plan = {.order = order, .seed = 42, .warm_up = 1};
  for (const auto& leg : legs_of(order, 3)) {
    for (const bool warm_up : {true, false}) {
      RoundOrder places(leg, 2, 42, warm_up);
      for (unsigned round = 0; round < (warm_up ? 1U : 4U); ++round) {
        for (const Place& place : places.next()) {
          Sample sample = testing::sample_of(place.variant, round, {});
          sample.event_pass = place.event_pass;
          sample.warm_up = warm_up;
          experiment.samples.push_back(sample);
        }
      }
    }
  }
  return experiment;
}

TEST(TurnCheck, WhatFollowsThePlanIsRight) {
  for (const Order order : {Order::balanced, Order::sequential}) {
    const TurnCheck found = check_turns(planned(order));
    EXPECT_EQ(found.contradiction, "");
    EXPECT_EQ(found.remark, "");
  }
}

TEST(TurnCheck, AnotherSeedOrOrderIsSeen) {
  Experiment experiment = planned();
  experiment.plan.seed = 43;
  EXPECT_NE(check_turns(experiment).contradiction, "");
  experiment = planned();
  experiment.plan.order = Order::sequential;
  EXPECT_NE(check_turns(experiment).contradiction, "");
}

TEST(TurnCheck, ASampleThatWasTakenOutOrMovedIsNamed) {
  Experiment experiment = planned();
  const std::string gone = experiment.variants[experiment.samples[9].variant].name;
  const Sample next = experiment.samples[10];
  experiment.samples.erase(experiment.samples.begin() + 9);
  EXPECT_EQ(check_turns(experiment).contradiction,
            "sample 10 (" + experiment.variants[next.variant].name +
                ", round 1) is not the one that the plan and its seed have there: " + gone + ", round 1");
  experiment = planned();
  experiment.samples.push_back(experiment.samples.back());
  EXPECT_THAT(check_turns(experiment).contradiction, ::testing::EndsWith("stands after the last round of the plan"));
}

TEST(TurnCheck, ARunThatWasKilledIsRemarkedOnly) {
  Experiment experiment = planned();
  experiment.samples.pop_back();
  EXPECT_EQ(check_turns(experiment).contradiction, "");
  EXPECT_EQ(check_turns(experiment).remark,
            "the last round is not whole: the run was ended from outside, or samples were taken out");
  experiment.samples.resize(6 * 3);
  EXPECT_EQ(check_turns(experiment).remark,
            "2 of 4 rounds are there: the run was ended from outside, or samples were taken out");
}

TEST(TurnCheck, AVariantThatFailedHasNoMoreTurns) {
  Experiment experiment = planned();
  experiment.samples[8].ending = Ending::failed;
  const std::size_t failed = experiment.samples[8].variant;
  std::size_t at = 0;
  std::erase_if(experiment.samples, [&](const Sample& sample) { return at++ > 8 && sample.variant == failed; });
  EXPECT_EQ(check_turns(experiment).contradiction, "");
  EXPECT_EQ(check_turns(experiment).remark, "");
  experiment.samples.back().ending = Ending::interrupted;
  EXPECT_EQ(check_turns(experiment).contradiction, "");
}

}  // namespace
}  // namespace countercheck
