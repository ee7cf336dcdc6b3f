#include "analysis/ranking.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/analysis/experiments.hpp"

namespace countercheck {
namespace {

using testing::counted;
using testing::experiment_of;
using testing::sample_of;
using testing::timed;

// Eight rounds of each variant: its time in ms, every other round 1 ms more, and its page faults and instructions.
struct Made {
  std::uint64_t time;
  std::uint64_t faults;
  std::uint64_t instructions;
};

Experiment of_variants(const std::vector<Made>& made) {
  Experiment experiment = experiment_of(Kind::comparison, {}, {"page-faults", "instructions", "wall-time"}, 8);
  for (std::size_t variant = 0; variant < made.size(); ++variant) {
    experiment.variants.push_back(
        {.name = std::string(1, static_cast<char>('a' + variant)), .scheme = "", .stresses = "", .command = {}});
    for (unsigned round = 0; round < 8; ++round) {
      experiment.samples.push_back(sample_of(variant, round,
                                             {counted("page-faults", made[variant].faults, Source::kernel),
                                              counted("instructions", made[variant].instructions),
                                              timed("wall-time", (made[variant].time + round % 2) * 1'000'000)}));
    }
  }
  return experiment;
}

std::vector<Rank> ranked(const Experiment& experiment, const std::vector<bool>& excluded) {
  return rank(experiment, excluded, infer(experiment));
}

TEST(Ranking, TheFastestIsFirstAndOne) {
  const auto ranking = ranked(of_variants({{400, 1, 1}, {100, 1, 1}, {200, 1, 1}}), {false, false, false});
  ASSERT_EQ(ranking.size(), 3U);
  EXPECT_EQ(ranking[0].variant, 1U);
  EXPECT_EQ(ranking[0].ratio, 1);
  EXPECT_EQ(ranking[1].variant, 2U);
  EXPECT_NEAR(ranking[1].ratio, 2, 0.01);
  EXPECT_EQ(ranking[2].variant, 0U);
  EXPECT_EQ(ranking[1].against_fastest.verdict, Verdict::worse);
  EXPECT_NEAR(*ranking[2].against_fastest.ratio, 4, 0.02);
}

TEST(Ranking, WrongResultsAndMissingTimesAreNotRanked) {
  Experiment experiment = of_variants({{400, 1, 1}, {100, 1, 1}, {200, 1, 1}});
  for (Sample& sample : experiment.samples) {
    if (sample.variant == 2) sample.ending = Ending::failed;
  }
  const auto ranking = ranked(experiment, {false, true, false});
  ASSERT_EQ(ranking.size(), 1U);
  EXPECT_EQ(ranking[0].variant, 0U);
}

std::optional<Explanation> explained(const Experiment& experiment) {
  return explain(experiment, ranked(experiment, std::vector<bool>(experiment.variants.size(), false)),
                 infer(experiment));
}

TEST(Explanation, NamesTheCountsThatGoAlongWithTheTime) {
  const auto found = explained(of_variants({{400, 200'000, 4'000'000'000}, {100, 0, 1'000'000'000}}));
  EXPECT_EQ(found->fastest, 1U);
  EXPECT_EQ(found->other, 0U);
  EXPECT_NEAR(found->times_as_fast, 4, 0.02);
  EXPECT_EQ(found->judged.verdict, Verdict::better);
  EXPECT_THAT(found->reasons,
              ::testing::ElementsAre(Reason{"instructions", 0.25, true}, Reason{"page faults", 0, true}));
}

TEST(Explanation, CountsThatGoTheOtherWayComeLast) {
  const auto found = explained(of_variants({{400, 200'000, 1'000'000'000}, {100, 10, 1'500'000'000}}));
  EXPECT_THAT(found->reasons,
              ::testing::ElementsAre(Reason{"page faults", 10 / 200'000.0, true}, Reason{"instructions", 1.5, false}));
}

TEST(Explanation, CountsTooFewToMatterOrTooCloseAreNoReason) {
  // Four page faults of 10 us at the most are no hundredth of 300 ms; 5 % of the instructions are no tenth.
  const auto found = explained(of_variants({{400, 6, 1'000'000'000}, {100, 2, 950'000'000}}));
  EXPECT_THAT(found->reasons, ::testing::IsEmpty());
}

TEST(Explanation, AnEstimateIsNoReason) {
  for (const std::size_t estimated : {0U, 1U}) {
    Experiment experiment = of_variants({{400, 1, 4'000'000'000}, {100, 1, 1'000'000'000}});
    EXPECT_THAT(explained(experiment)->reasons, ::testing::SizeIs(1));
    for (Sample& sample : experiment.samples) {
      if (sample.variant == estimated) sample.readings[1].time_running = 999;
    }
    EXPECT_THAT(explained(experiment)->reasons, ::testing::IsEmpty());
  }
}

TEST(Explanation, WithinTheToleranceNothingIsExplained) {
  const auto found = explained(of_variants({{101, 200'000, 4'000'000'000}, {100, 1, 1'000'000'000}}));
  EXPECT_EQ(found->judged.verdict, Verdict::equal);
  EXPECT_THAT(found->reasons, ::testing::IsEmpty());
}

TEST(Explanation, TheBaselineAsTheFastestIsHeldAgainstTheNext) {
  const auto found = explained(of_variants({{100, 1, 1}, {400, 1, 1}, {200, 1, 1}}));
  EXPECT_EQ(found->fastest, 0U);
  EXPECT_EQ(found->other, 2U);
}

TEST(Explanation, NeedsTwoVariantsAndTheBaseline) {
  EXPECT_FALSE(explained(of_variants({{100, 1, 1}})));
  const Experiment experiment = of_variants({{400, 1, 1}, {100, 1, 1}, {200, 1, 1}});
  EXPECT_FALSE(explain(experiment, ranked(experiment, {true, false, false}), infer(experiment)));
}

}  // namespace
}  // namespace countercheck
