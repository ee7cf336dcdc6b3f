#include "experiment/points.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace countercheck {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;

std::vector<Parameter> at(const std::string& size, const std::string& kind = "wide") {
  return {{"size", size}, {"kind", kind}};
}

Sample of(std::size_t variant, unsigned round, std::uint64_t digest) {
  return {.variant = variant, .round = round, .digest = {digest}};
}

// Two sizes of three variants, in turns; the third has no run of the larger size.
Experiment scan() {
  return {.kind = Kind::comparison,
          .title = "sums",
          .rounds = 2,
          .variants = {{.name = "old", .parameters = at("256")},
                       {.name = "old", .parameters = at("512")},
                       {.name = "new", .parameters = at("256")},
                       {.name = "new", .parameters = at("512")},
                       {.name = "newest", .parameters = at("256")},
                       {.name = "new again", .parameters = at("512"), .again = 3}},
          .baseline = 2,
          .events = {"wall-time"},
          .samples = {of(5, 0, 50), of(1, 0, 10), of(0, 0, 0), of(3, 0, 30), of(2, 0, 20), of(4, 0, 40), of(4, 1, 41),
                      of(2, 1, 21), of(1, 1, 11)}};
}

std::vector<std::string> names(const Experiment& experiment) {
  std::vector<std::string> all;
  for (const Variant& variant : experiment.variants) all.push_back(variant.name);
  return all;
}

// Each sample of the test holds tens for its variant in the whole, and its round.
std::vector<std::pair<std::size_t, std::uint64_t>> samples(const Experiment& experiment) {
  std::vector<std::pair<std::size_t, std::uint64_t>> all;
  for (const Sample& sample : experiment.samples) {
    all.emplace_back(sample.variant, std::get<std::uint64_t>(sample.digest.front()));
  }
  return all;
}

TEST(Points, AreInTheOrderOfTheirFirstVariant) {
  const auto points = split_by_parameters(scan());
  ASSERT_EQ(points.size(), 2u);
  EXPECT_THAT(names(points[0]), ElementsAre("old", "new", "newest"));
  EXPECT_THAT(names(points[1]), ElementsAre("old", "new", "new again"));
  EXPECT_THAT(points[0].variants, testing::Each(Field(&Variant::parameters, at("256"))));
}

TEST(Points, EachSampleGoesToItsVariantInTheOrderOfTime) {
  const auto points = split_by_parameters(scan());
  EXPECT_THAT(samples(points[0]),
              ElementsAre(std::pair(0, 0), std::pair(1, 20), std::pair(2, 40), std::pair(2, 41), std::pair(1, 21)));
  EXPECT_THAT(samples(points[1]), ElementsAre(std::pair(2, 50), std::pair(0, 10), std::pair(1, 30), std::pair(0, 11)));
}

TEST(Points, EachHasItsOwnBaselineAndSecondMeasurement) {
  const auto points = split_by_parameters(scan());
  EXPECT_EQ(points[0].baseline, 1u);
  EXPECT_EQ(points[1].baseline, 1u);
  EXPECT_EQ(points[1].variants[2].again, 1u);
}

TEST(Points, ASecondMeasurementOfAnotherPointIsNone) {
  Experiment experiment = scan();
  experiment.variants[5].again = 2;
  EXPECT_EQ(split_by_parameters(experiment)[1].variants[2].again, std::nullopt);
}

TEST(Points, TheProblemBeginsWithTheParameters) {
  Experiment experiment = scan();
  EXPECT_EQ(split_by_parameters(experiment)[1].problem, "size 512, kind wide");
  experiment.problem = "4 threads";
  EXPECT_EQ(split_by_parameters(experiment)[1].problem, "size 512, kind wide, 4 threads");
}

TEST(Points, WhereTheBaselineIsNotItsPlaceIsTakenAndThatIsTold) {
  Experiment experiment = scan();
  experiment.baseline = 4;
  const auto points = split_by_parameters(experiment);
  EXPECT_EQ(points[0].baseline, 2u);
  EXPECT_THAT(points[0].notes, ElementsAre());
  EXPECT_EQ(points[1].baseline, 0u);
  EXPECT_THAT(points[1].notes, ElementsAre("the baseline newest is not among these variants: old is in its place"));
}

TEST(Points, WithoutParametersTheExperimentIsGivenBackAsItIs) {
  Experiment experiment = scan();
  for (Variant& variant : experiment.variants) variant.parameters.clear();
  experiment.problem = "4 threads";
  EXPECT_THAT(split_by_parameters(experiment), ElementsAre(experiment));
  EXPECT_THAT(split_by_parameters(Experiment{}), ElementsAre(Experiment{}));
}

TEST(Points, VariantsWithoutParametersAreAPointOfTheirOwn) {
  Experiment experiment = scan();
  experiment.variants[4].parameters.clear();
  experiment.problem = "4 threads";
  const auto points = split_by_parameters(experiment);
  ASSERT_EQ(points.size(), 3u);
  EXPECT_THAT(names(points[2]), ElementsAre("newest"));
  EXPECT_EQ(points[2].problem, "4 threads");
}

TEST(Points, AllElseStaysAsItIs) {
  Experiment experiment = scan();
  experiment.plan = {.seed = 4711, .layouts = 3};
  experiment.terms = {.tolerance = 0.02, .expectations = {"a < b"}};
  experiment.notes = {"a note"};
  experiment.simulation = Simulation{.machine = "book"};
  for (Experiment point : split_by_parameters(experiment)) {
    point.variants = experiment.variants;
    point.samples = experiment.samples;
    point.baseline = experiment.baseline;
    point.problem = experiment.problem;
    EXPECT_EQ(point, experiment);
  }
}

TEST(Points, AVariantOfAScanIsNamedWithItsParameters) {
  EXPECT_EQ(full_name({.name = "old"}), "old");
  EXPECT_EQ(full_name({.name = "old", .parameters = at("256")}), "old (size 256, kind wide)");
}

}  // namespace
}  // namespace countercheck
