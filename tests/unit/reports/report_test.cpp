#include "reports/report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <locale>

#include "tests/unit/reports/diffusion.hpp"
#include "tests/unit/reports/screens.hpp"
#include "tests/unit/reports/stat_experiment.hpp"

namespace countercheck {
namespace {

using testing::rendered;
using ::testing::StartsWith;

TEST(Report, FormsHaveNames) {
  for (const Form form : {Form::text, Form::markdown, Form::csv}) EXPECT_EQ(form_from(to_string(form)), form);
  EXPECT_EQ(form_from("md"), Form::markdown);
  EXPECT_EQ(form_from("html"), std::nullopt);
}

TEST(Report, TheKindOfTheExperimentChooses) {
  EXPECT_THAT(rendered(*make_report(Form::text, testing::diffusion())), StartsWith("diffusion, "));
  EXPECT_THAT(rendered(*make_report(Form::text, testing::stat_experiment())), StartsWith(" Counts for './a.out'"));
  EXPECT_THAT(rendered(*make_report(Form::markdown, testing::diffusion())), StartsWith("## diffusion\n"));
  EXPECT_THAT(rendered(*make_report(Form::markdown, testing::stat_experiment())), StartsWith("## Counts for "));
  EXPECT_THAT(rendered(*make_report(Form::csv, testing::stat_experiment())), StartsWith("variant,event,source,"));
}

TEST(Report, OutlivesTheExperiment) {
  std::unique_ptr<Report> report;
  {
    const Experiment experiment = testing::stat_experiment();
    report = make_report(Form::text, experiment);
  }
  EXPECT_EQ(rendered(*report), rendered(*make_report(Form::text, testing::stat_experiment())));
}

// The three variants of diffusion.hpp at two sizes, the second with half of the samples' digests.
Experiment scan() {
  Experiment experiment = testing::diffusion();
  experiment.problem = "100 steps, 1 thread";
  for (Variant& variant : experiment.variants) variant.parameters = {{"size", "1024"}};
  const auto variants = experiment.variants;
  for (Variant variant : variants) {
    variant.parameters = {{"size", "512"}};
    experiment.variants.push_back(variant);
  }
  const auto samples = experiment.samples;
  for (Sample sample : samples) {
    sample.variant += variants.size();
    sample.digest = {2.5, std::uint64_t{262'144}};
    for (Reading& reading : sample.readings) {
      if (auto* const value = std::get_if<std::uint64_t>(&reading.value)) *value /= 4;
    }
    experiment.samples.push_back(sample);
  }
  return experiment;
}

TEST(Report, OfAScanHasATableForEachPoint) {
  for (const Form form : {Form::text, Form::markdown, Form::csv}) {
    const std::string text = rendered(*make_report(form, scan()));
    EXPECT_EQ(text, testing::screen(fmt::format("scan.{}", to_string(form)), text));
  }
}

// A locale that no machine has, so that the test needs none installed.
struct OddNumbers : std::numpunct<char> {
  char do_decimal_point() const override { return ','; }
  char do_thousands_sep() const override { return '_'; }
  std::string do_grouping() const override { return "\3"; }
};

TEST(Report, TheLocaleChangesNothing) {
  for (const Experiment& experiment : {testing::diffusion(), testing::stat_experiment()}) {
    for (const Form form : {Form::text, Form::markdown, Form::csv}) {
      const std::string plain = rendered(*make_report(form, experiment));
      const std::locale before = std::locale::global(std::locale(std::locale::classic(), new OddNumbers));
      const std::string elsewhere = rendered(*make_report(form, experiment));
      std::locale::global(before);
      EXPECT_EQ(elsewhere, plain);
    }
  }
}

}  // namespace
}  // namespace countercheck
