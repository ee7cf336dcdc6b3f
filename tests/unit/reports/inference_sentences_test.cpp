#include "reports/inference_sentences.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/comparison_sentences.hpp"
#include "reports/derived_csv.hpp"
#include "reports/verdict_text.hpp"
#include "tests/unit/reports/diffusion.hpp"

namespace countercheck {
namespace {

using testing::counted;
using testing::diffusion;
using ::testing::ElementsAre;
using testing::experiment_of;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::sample_of;
using testing::timed;

constexpr std::size_t kFaults = 0, kTime = 1;

// Twenty rounds without anything odd: each of twenty values once, and neighbours that are not alike.
Experiment calm(const std::vector<std::string>& variants) {
  Experiment experiment = experiment_of(Kind::comparison, variants, {"page-faults", "wall-time"}, 20);
  for (std::uint64_t round = 0; round < 20; ++round) {
    for (std::size_t variant = 0; variant < variants.size(); ++variant) {
      const std::uint64_t scatter = round * (variant % 2 == 0 ? 7 : 11) % 20;
      experiment.samples.push_back(sample_of(
          variant, static_cast<unsigned>(round),
          {counted("page-faults", 200 + scatter, Source::kernel), timed("wall-time", (900 + scatter) * 1'000'000)}));
    }
  }
  return experiment;
}

void set(Experiment& experiment, std::size_t variant, unsigned round, std::size_t event, std::uint64_t value) {
  for (Sample& sample : experiment.samples) {
    if (sample.variant == variant && sample.round == round) sample.readings[event].value = value;
  }
}

// "old" has 17 and 480 page faults where about 210 are usual, "new" 100 or 300.
Experiment odd_faults() {
  Experiment experiment = calm({"old", "new"});
  set(experiment, 0, 6, kFaults, 480);
  set(experiment, 0, 9, kFaults, 17);
  for (unsigned round = 0; round < 20; ++round) {
    set(experiment, 1, round, kFaults, (round % 5 < 2 ? 300 : 100) + round % 7);
  }
  return experiment;
}

TEST(Oddities, OfTheTimeEachIsToldInASentence) {
  Experiment experiment = calm({"old", "new"});
  set(experiment, 1, 3, kTime, 1'500'000'000);
  EXPECT_EQ(inference_sentences(compare_variants(experiment)).back(),
            "time of new has 1 of 20 samples far from its median of 0.909 s: 1.500 s in round 4; every sample is used");
  set(experiment, 1, 9, kTime, 1'400'000'000);
  set(experiment, 1, 12, kTime, 1'700'000'000);
  EXPECT_EQ(inference_sentences(compare_variants(experiment)).back(),
            "time of new has 3 of 20 samples far from its median of 0.909 s: 1.500 s in round 4, 1.400 s in round 10 "
            "and 1.700 s in round 13; every sample is used");
  set(experiment, 1, 15, kTime, 1'450'000'000);
  EXPECT_EQ(inference_sentences(compare_variants(experiment)).back(),
            "time of new has 4 of 20 samples far from its median of 0.910 s, the furthest 1.700 s in round 13; every "
            "sample is used");
  EXPECT_EQ(oddity_lines(compare_variants(experiment)).front().reason,
            "time of new has 4 of 20 samples far from its median of 0.910 s: 1.500 s in round 4, 1.400 s in round 10, "
            "1.700 s in round 13 and 1.450 s in round 16");
}

TEST(Oddities, ATimeThatStepsIsInTwoGroupsAndHasFewRuns) {
  Experiment experiment = calm({"old", "new"});
  for (unsigned round = 0; round < 20; ++round) {
    set(experiment, 1, round, kTime, (round < 10 ? 800'000'000U : 1'200'000'000U) + round * 1'000'000U);
  }
  const auto sentences = inference_sentences(compare_variants(experiment));
  ASSERT_GE(sentences.size(), 2U);
  EXPECT_EQ(sentences[sentences.size() - 2],
            "time of new falls into two groups: 0.804 s (10 samples) and 1.214 s (10)");
  EXPECT_EQ(sentences.back(),
            "time of new against old changes sides once in 20 rounds, where about 10 are usual: neighbouring rounds "
            "are alike, and the interval is narrower than it should be; every sample is used");
}

TEST(Oddities, OfAnyOtherEventOneSentenceTellsAllVariants) {
  EXPECT_EQ(inference_sentences(compare_variants(odd_faults())).back(),
            "page-faults: old has 2 of 20 samples far from its median of 210.5, the furthest 480 in round 7; new falls "
            "into two groups, 103 (12 samples) and 302.5 (8); every sample is used");
}

TEST(Oddities, TheCsvHasEachOfThemWhole) {
  const auto lines = oddity_lines(compare_variants(odd_faults()));
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].variant, "old");
  EXPECT_EQ(lines[0].event, "page-faults-outliers");
  EXPECT_EQ(lines[0].n, 20U);
  EXPECT_EQ(lines[0].value, 2);
  EXPECT_EQ(lines[0].reason,
            "page-faults of old has 2 of 20 samples far from its median of 210.5: 480 in round 7 and 17 in round 10");
  EXPECT_EQ(lines[1].event, "page-faults-two-groups");
  EXPECT_EQ(lines[1].value, 8);
  EXPECT_EQ(lines[1].reason, "page-faults of new falls into two groups: 103 (12 samples) and 302.5 (8)");
}

TEST(Oddities, OfManyVariantsTheFirstAreDescribed) {
  Experiment experiment = calm({"a", "b", "c", "d"});
  for (const std::size_t variant : {0U, 1U, 2U, 3U}) set(experiment, variant, 5, kFaults, 999);
  EXPECT_EQ(inference_sentences(compare_variants(experiment)).back(),
            "page-faults: a has 1 of 20 samples far from its median of 209.5, 999 in round 6; b has 1 of 20 samples "
            "far from its median of 209.5, 999 in round 6; 2 more variants are odd (--form csv); every sample is used");
  EXPECT_EQ(oddity_lines(compare_variants(experiment)).size(), 4U);
}

Comparison undecided(std::optional<Load> load, std::vector<RoundsNeeded> needed) {
  Comparison comparison{.rounds = 20, .columns = {{.name = "old"}, {.name = "new"}, {.name = "newer"}}};
  comparison.inference.judged = {{.variant = 1, .pairs = 20, .ratio = 1.02}};
  comparison.rounds_needed = std::move(needed);
  comparison.load = load;
  return comparison;
}

TEST(RoundsNeeded, AreForATimeAndAMachineAsItWas) {
  EXPECT_THAT(
      inference_sentences(undecided(Load{2.7, 2.456, 2}, {{1, 78}})),
      ElementsAre("To decide the time of new against old: about 60 more rounds (-r 80), if the machine stays as "
                  "it was in this run (load 2.70 before and 2.46 after it, on 2 CPUs); fewer if it is quieter"));
  EXPECT_THAT(
      inference_sentences(undecided({}, {{1, 14}, {2, 21}})),
      ElementsAre("To decide the time of new and newer against old: about 10 more rounds (-r 30), if the machine "
                  "stays as it was in this run; fewer if it is quieter"));
  EXPECT_THAT(inference_sentences(undecided({}, {})), ElementsAre());
}

TEST(RoundsNeeded, OfAVariantThatNeedsManyTimesAsManyAreToldApart) {
  EXPECT_THAT(
      inference_sentences(undecided({}, {{1, 4297}, {2, 24}})),
      ElementsAre("To decide the time of newer against old: about 10 more rounds (-r 30), and 4,300 rounds in all "
                  "for new, if the machine stays as it was in this run; fewer if it is quieter"));
  EXPECT_THAT(inference_sentences(undecided({}, {{1, 4297}, {2, 12}})),
              ElementsAre("To decide the time of new against old: about 4,300 more rounds (-r 4300), if the machine "
                          "stays as it was in this run; fewer if it is quieter"));
}

TEST(RoundsNeeded, ThatCannotBeToldAreLearntFromMore) {
  EXPECT_THAT(
      inference_sentences(undecided({}, {{1, 80, false}, {2, 80, false}})),
      ElementsAre("How many rounds would decide the time of new and newer against old cannot be told from these "
                  "20, which scatter too much: 80 (-r 80) tell more"));
  EXPECT_THAT(
      inference_sentences(undecided({}, {{1, 80, false}, {2, 24}})),
      ElementsAre("To decide the time of newer against old: about 10 more rounds (-r 30), if the machine stays as it "
                  "was in this run; fewer if it is quieter",
                  "How many rounds would decide the time of new against old cannot be told from these 20, which "
                  "scatter too much: 80 (-r 80) tell more"));
}

TEST(Order, WithoutTurnsEveryVerdictThatIsNotExactIsMarked) {
  Experiment experiment = diffusion(12);
  const Comparison in_turns = compare_variants(experiment);
  experiment.plan.order = Order::sequential;
  const Comparison one_by_one = compare_variants(experiment);
  const auto verdicts = [](const Comparison& comparison, const std::string& key) {
    std::string words;
    for (const Row& row : comparison.rows) {
      if (row.key != key) continue;
      for (const Judged& judged : comparison.inference.judged) {
        if (judged.event == row.event) words += verdict_text(judged, comparison.inference).verdict + ";";
      }
    }
    return words;
  };
  EXPECT_EQ(verdicts(in_turns, "wall-time"), "better;better;");
  EXPECT_EQ(verdicts(one_by_one, "wall-time"), "better ?;better ?;");
  EXPECT_EQ(verdicts(one_by_one, "page-faults"), "better;better;") << "the same in every round, whatever drifts";
  EXPECT_EQ(verdict_sentences(one_by_one).front(), "fastest: roll-add, 3.04x as fast as contiguous ?");
  EXPECT_EQ(inference_sentences(one_by_one).front(),
            "? the variants did not take turns: whatever changed on the machine between the samples of one and those "
            "of the next is in the ratios, and may be all that such a verdict says");
  for (const std::string& sentence : inference_sentences(in_turns)) EXPECT_THAT(sentence, Not(HasSubstr("turns")));
}

TEST(Order, WhatIsExactCannotDrift) {
  Experiment experiment = experiment_of(Kind::comparison, {"old", "new"}, {"page-faults"}, 3);
  experiment.plan.order = Order::sequential;
  for (unsigned round = 0; round < 3; ++round) {
    for (const std::size_t variant : {0U, 1U}) {
      experiment.samples.push_back(sample_of(variant, round, {counted("page-faults", 20 - 3 * variant)}));
    }
  }
  EXPECT_THAT(inference_sentences(compare_variants(experiment)), ElementsAre());
}

TEST(VerdictText, NothingAgainstNothingHasNoRatio) {
  const Inference inference;
  EXPECT_EQ(verdict_text({.both_zero = true, .low = 1, .high = 1, .exact = true, .verdict = Verdict::equal}, inference),
            (VerdictText{.ratio = "both 0", .interval = "", .verdict = "equal"}));
  EXPECT_EQ(verdict_text({.both_zero = true, .low = 1}, inference),
            (VerdictText{.ratio = "both 0", .interval = "[1.000, ∞]", .verdict = "undecided"}));
  EXPECT_EQ(verdict_text({.why = "no sample"}, inference), VerdictText{});
}

}  // namespace
}  // namespace countercheck
