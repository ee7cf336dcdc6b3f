#include "analysis/digests.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/unit/analysis/experiments.hpp"

namespace countercheck {
namespace {

using std::uint64_t;

TEST(Digests, ExactPartsAgreeToTheLastBit) {
  EXPECT_TRUE(agree({uint64_t{1} << 63U}, {uint64_t{1} << 63U}));
  EXPECT_FALSE(agree({(uint64_t{1} << 63U) + 1}, {uint64_t{1} << 63U}));
}

TEST(Digests, RealPartsAgreeWithinOneInABillion) {
  EXPECT_TRUE(agree({3.38}, {3.38 * (1 + 0.9e-9)}));
  EXPECT_FALSE(agree({3.38}, {3.38 * (1 + 1.1e-9)}));
  EXPECT_TRUE(agree({-3.38e200}, {-3.38e200 * (1 + 0.9e-9)}));
  EXPECT_FALSE(agree({3.38}, {-3.38}));
}

TEST(Digests, NumbersTooSmallToBeNormalAgreeWithZeroButSmallOnesDoNot) {
  EXPECT_TRUE(agree({0.0}, {-0.0}));
  EXPECT_TRUE(agree({0.0}, {std::numeric_limits<double>::denorm_min()}));
  EXPECT_FALSE(agree({0.0}, {1e-300}));
  EXPECT_FALSE(agree({1e-300}, {2e-300}));
}

TEST(Digests, NoNumberAgreesWithNothingAndInfinitiesByTheirSign) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_FALSE(agree({std::nan("")}, {std::nan("")}));
  EXPECT_FALSE(agree({std::nan("")}, {0.0}));
  EXPECT_TRUE(agree({infinity}, {infinity}));
  EXPECT_FALSE(agree({infinity}, {-infinity}));
  EXPECT_FALSE(agree({infinity}, {1e308}));
}

TEST(Digests, AnotherShapeOrKindDiffersAtItsFirstPart) {
  EXPECT_EQ(first_difference({1.0, 2.0}, {1.0}), 1U);
  EXPECT_EQ(first_difference({1.0}, {1.0, 2.0}), 1U);
  EXPECT_EQ(first_difference({1.0}, {uint64_t{1}}), 0U);
  EXPECT_EQ(first_difference({1.0, 2.0, 3.0}, {1.0, 2.5, 9.0}), 1U);
  EXPECT_EQ(first_difference({}, {}), std::nullopt);
}

Experiment with_digests(std::vector<std::vector<Digest>> by_variant) {
  Experiment experiment = testing::experiment_of(Kind::comparison, {}, {}, 1);
  for (std::size_t variant = 0; variant < by_variant.size(); ++variant) {
    experiment.variants.push_back({.name = std::to_string(variant), .scheme = "", .stresses = "", .command = {}});
    unsigned round = 0;
    for (Digest& digest : by_variant[variant]) {
      Sample sample = testing::sample_of(variant, round++, {});
      sample.digest = std::move(digest);
      experiment.samples.push_back(std::move(sample));
    }
  }
  return experiment;
}

TEST(Digests, EachVariantIsHeldAgainstTheBaseline) {
  const auto findings =
      check_digests(with_digests({{{3.38}, {3.38}}, {{3.38}, {3.38}}, {{3.41}, {3.41}}, {{3.38}, {3.40}}, {{}, {}}}));
  EXPECT_EQ(findings[0].verdict, DigestVerdict::agrees);
  EXPECT_EQ(findings[1].verdict, DigestVerdict::agrees);
  EXPECT_EQ(findings[2].verdict, DigestVerdict::differs);
  EXPECT_EQ(findings[2].expected, Digest{3.38});
  EXPECT_EQ(findings[2].found, Digest{3.41});
  EXPECT_EQ(findings[3].verdict, DigestVerdict::unsteady);
  EXPECT_EQ(findings[3].found_round, 1U);
  EXPECT_EQ(findings[4].verdict, DigestVerdict::none_given);
}

TEST(Digests, TheReferenceIsTheBaselinesFirstCompletedSample) {
  Experiment experiment = with_digests({{{1.0}}, {{9.0}, {3.38}}});
  experiment.baseline = 1;
  experiment.samples[1].ending = Ending::failed;
  EXPECT_EQ(check_digests(experiment)[0].expected, Digest{3.38});
  EXPECT_EQ(check_digests(experiment)[1].verdict, DigestVerdict::agrees);
}

TEST(Digests, WithoutAReferenceNothingIsCheckedButOnesOwnSamples) {
  const auto findings = check_digests(with_digests({{{}}, {{3.38}}, {{1.0}, {2.0}}}));
  EXPECT_EQ(findings[0].verdict, DigestVerdict::none_given);
  EXPECT_EQ(findings[1].verdict, DigestVerdict::unchecked);
  EXPECT_EQ(findings[2].verdict, DigestVerdict::unsteady);
}

TEST(Digests, ADigestThatIsMissingOnceIsADifference) {
  EXPECT_EQ(check_digests(with_digests({{{3.38}, {}}}))[0].verdict, DigestVerdict::unsteady);
  EXPECT_EQ(check_digests(with_digests({{{}, {3.38}}}))[0].verdict, DigestVerdict::unsteady);
}

}  // namespace
}  // namespace countercheck
