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

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
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

TEST(Report, OfAScanEndsWithTheTimesOfAllPoints) {
  EXPECT_THAT(rendered(*make_report(Form::text, scan())),
              EndsWith("=== all points: time ===\n"
                       "            contiguous        in-place          roll-add\n"
                       "size 1024    1.216 s  1.00x    0.746 s  0.61x    0.400 s  0.33x\n"
                       "size 512    304.0 ms  1.00x   186.4 ms  0.61x   100.0 ms  0.33x\n"));
  EXPECT_THAT(rendered(*make_report(Form::text, scan(), {.width = 60})),
              EndsWith("=== all points: time ===\n"
                       "size 1024: contiguous 1.216 s 1.00x; in-place 0.746 s 0.61x;\n"
                       "    roll-add 0.400 s 0.33x\n"
                       "size 512: contiguous 304.0 ms 1.00x; in-place 186.4 ms\n"
                       "    0.61x; roll-add 100.0 ms 0.33x\n"));
  EXPECT_THAT(rendered(*make_report(Form::text, testing::diffusion())), Not(HasSubstr("all points")));
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
