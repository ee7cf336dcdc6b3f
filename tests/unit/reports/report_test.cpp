#include "reports/report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace countercheck
