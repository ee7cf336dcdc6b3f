#include "analysis/ranking.hpp"

#include <gtest/gtest.h>

#include "tests/unit/analysis/experiments.hpp"

namespace countercheck {
namespace {

using testing::experiment_of;
using testing::sample_of;
using testing::timed;

// Eight rounds of each variant: its time in ms, every other round 1 ms more.
Experiment of_variants(const std::vector<std::uint64_t>& times) {
  Experiment experiment = experiment_of(Kind::comparison, {}, {"wall-time"}, 8);
  for (std::size_t variant = 0; variant < times.size(); ++variant) {
    experiment.variants.push_back(
        {.name = std::string(1, static_cast<char>('a' + variant)), .scheme = "", .stresses = "", .command = {}});
    for (unsigned round = 0; round < 8; ++round) {
      experiment.samples.push_back(
          sample_of(variant, round, {timed("wall-time", (times[variant] + round % 2) * 1'000'000)}));
    }
  }
  return experiment;
}

std::vector<Rank> ranked(const Experiment& experiment, const std::vector<bool>& excluded) {
  return rank(experiment, excluded, infer(experiment));
}

TEST(Ranking, TheFastestIsFirstAndOne) {
  const auto ranking = ranked(of_variants({400, 100, 200}), {false, false, false});
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
  Experiment experiment = of_variants({400, 100, 200});
  for (Sample& sample : experiment.samples) {
    if (sample.variant == 2) sample.ending = Ending::failed;
  }
  const auto ranking = ranked(experiment, {false, true, false});
  ASSERT_EQ(ranking.size(), 1U);
  EXPECT_EQ(ranking[0].variant, 0U);
}

std::optional<Lead> leading(const Experiment& experiment) {
  return lead(experiment, ranked(experiment, std::vector<bool>(experiment.variants.size(), false)), infer(experiment));
}

TEST(Lead, TheFastestIsHeldAgainstTheBaseline) {
  const auto found = leading(of_variants({400, 100, 200}));
  EXPECT_EQ(found->fastest, 1U);
  EXPECT_EQ(found->other, 0U);
  EXPECT_NEAR(found->times_as_fast, 4, 0.02);
  EXPECT_EQ(found->judged.verdict, Verdict::better);
}

TEST(Lead, WithinTheToleranceTheyAreEqual) {
  EXPECT_EQ(leading(of_variants({101, 100}))->judged.verdict, Verdict::equal);
}

TEST(Lead, TheBaselineAsTheFastestIsHeldAgainstTheNext) {
  const auto found = leading(of_variants({100, 400, 200}));
  EXPECT_EQ(found->fastest, 0U);
  EXPECT_EQ(found->other, 2U);
}

TEST(Lead, NeedsTwoVariantsAndTheBaseline) {
  EXPECT_FALSE(leading(of_variants({100})));
  const Experiment experiment = of_variants({400, 100, 200});
  EXPECT_FALSE(lead(experiment, ranked(experiment, {true, false, false}), infer(experiment)));
}

}  // namespace
}  // namespace countercheck
