#include "reports/expectation_sentences.hpp"

#include <gtest/gtest.h>

namespace countercheck {
namespace {

Judgement ratio(Holds holds) {
  return {.text = "roll-add.instructions < 0.5 * in-place.instructions",
          .holds = holds,
          .subject = "roll-add.instructions",
          .of = "in-place.instructions",
          .relation = Relation::below,
          .bound = 0.5,
          .value = 0.35,
          .low = 0.349,
          .high = 0.351,
          .pairs = 6};
}

TEST(ExpectationSentence, TellsTheFigureTheBoundAndTheInterval) {
  EXPECT_EQ(expectation_sentence(ratio(Holds::confirmed)),
            "confirmed: roll-add.instructions is 0.35 x in-place.instructions, below 0.5 [0.349, 0.351]");
  Judgement refuted = ratio(Holds::refuted);
  refuted.bound = 0.3;
  EXPECT_EQ(expectation_sentence(refuted),
            "refuted: roll-add.instructions is 0.35 x in-place.instructions, not below 0.3 [0.349, 0.351]");
  Judgement undecided = ratio(Holds::undecided);
  undecided.bound = 0.3503;
  EXPECT_EQ(expectation_sentence(undecided),
            "undecided: roll-add.instructions is 0.35 x in-place.instructions [0.349, 0.351], expected below 0.3503")
      << "as many digits as tell the two apart";
}

TEST(ExpectationSentence, TellsWhyNothingIsDecided) {
  Judgement few = ratio(Holds::undecided);
  few.why = "5 rounds cannot decide it at 95 %: 6 are needed";
  EXPECT_EQ(expectation_sentence(few),
            "undecided: roll-add.instructions is 0.35 x in-place.instructions, expected below 0.5: 5 rounds cannot "
            "decide it at 95 %: 6 are needed");
  few.value.reset();
  few.why = "instructions of roll-add: this machine has no PMU";
  EXPECT_EQ(
      expectation_sentence(few),
      "undecided: roll-add.instructions < 0.5 * in-place.instructions: instructions of roll-add: this machine has "
      "no PMU");
}

TEST(ExpectationSentence, ExactFiguresHaveNoInterval) {
  Judgement exact = ratio(Holds::confirmed);
  exact.exact = true;
  EXPECT_EQ(expectation_sentence(exact),
            "confirmed: roll-add.instructions is 0.35 x in-place.instructions, below 0.5 [exact]");
  exact.simulated = true;
  EXPECT_EQ(expectation_sentence(exact),
            "confirmed: roll-add.instructions is 0.35 x in-place.instructions, below 0.5 [exact, simulated]");
}

TEST(ExpectationSentence, EveryRelationAndMeasure) {
  const auto sentence = [](Holds holds, Relation relation, Measure measure, double value, double bound) {
    return expectation_sentence({.holds = holds,
                                 .subject = "x",
                                 .relation = relation,
                                 .bound = bound,
                                 .measure = measure,
                                 .value = value,
                                 .low = value,
                                 .high = value,
                                 .exact = true});
  };
  EXPECT_EQ(sentence(Holds::confirmed, Relation::at_most, Measure::count, 20'503, 1e6),
            "confirmed: x is 20,503, at most 1,000,000 [exact]");
  EXPECT_EQ(sentence(Holds::refuted, Relation::at_most, Measure::percent, 0.135, 0.05),
            "refuted: x is 13.5 %, more than 5.00 % [exact]");
  EXPECT_EQ(sentence(Holds::confirmed, Relation::above, Measure::nanoseconds, 1.5e9, 20e6),
            "confirmed: x is 1.500 s, above 20.00 ms [exact]");
  EXPECT_EQ(sentence(Holds::refuted, Relation::above, Measure::bytes, 0x1p25, 0x1p26),
            "refuted: x is 32.0 MiB, not above 64.0 MiB [exact]");
  EXPECT_EQ(sentence(Holds::confirmed, Relation::at_least, Measure::count, -500, -1000),
            "confirmed: x is -500, at least -1,000 [exact]");
  EXPECT_EQ(sentence(Holds::refuted, Relation::at_least, Measure::number, 1, 2),
            "refuted: x is 1, less than 2 [exact]");
  EXPECT_EQ(sentence(Holds::confirmed, Relation::equal, Measure::count, 0, 0), "confirmed: x is 0, equal to 0 [exact]");
  EXPECT_EQ(sentence(Holds::refuted, Relation::equal, Measure::count, 3, 0), "refuted: x is 3, not equal to 0 [exact]");
  EXPECT_EQ(sentence(Holds::confirmed, Relation::unequal, Measure::count, 3, 0),
            "confirmed: x is 3, not equal to 0 [exact]");
}

TEST(ExpectationSentence, AnEstimateIsSaidToBeOne) {
  Judgement estimate = ratio(Holds::confirmed);
  estimate.coverage = 0.6;
  EXPECT_EQ(expectation_sentence(estimate),
            "confirmed: roll-add.instructions is 0.35 x in-place.instructions (an estimate), below 0.5 [0.349, 0.351]");
}

}  // namespace
}  // namespace countercheck
