#include "reports/saved_report.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "analysis/aggregate.hpp"
#include "analysis/recount.hpp"
#include "reports/report.hpp"
#include "tests/unit/reports/diffusion.hpp"
#include "tests/unit/reports/screens.hpp"
#include "tests/unit/reports/stat_experiment.hpp"

namespace countercheck {
namespace {

using ::testing::ElementsAre;
using testing::rendered;

std::string report(Form form, const Experiment& experiment, const ReportOptions& options = {}) {
  return rendered(*make_report(form, experiment, options));
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), by);
}

TEST(SavedReport, EveryFormAndWidthIsFoundAgain) {
  for (const Experiment& experiment : {testing::diffusion(), testing::stat_experiment()}) {
    for (const Form form : {Form::text, Form::markdown, Form::csv}) {
      for (const unsigned width : {24U, 60U, 80U, 132U}) {
        for (const bool per_item : {false, true}) {
          const auto text = report(form, experiment, {.width = width, .colour = true, .per_item = per_item});
          const ReportCheck check = check_saved_report(experiment, text);
          EXPECT_EQ(check.difference, "") << text;
          EXPECT_GT(check.figures, 10U);
        }
      }
    }
  }
  EXPECT_EQ(check_saved_report(testing::diffusion(), report(Form::text, testing::diffusion())).form,
            "text of 80 columns");
  EXPECT_EQ(check_saved_report(testing::diffusion(), report(Form::csv, testing::diffusion(), {.per_item = true})).form,
            "CSV, for one work item");
}

// What a terminal without UTF-8 was shown has other bars.
TEST(SavedReport, ATextInAsciiIsFoundAgain) {
  const Experiment experiment = testing::diffusion();
  const std::string text = report(Form::text, experiment, {.utf8 = false});
  ASSERT_NE(text, report(Form::text, experiment));
  EXPECT_EQ(check_saved_report(experiment, text).difference, "");
}

TEST(SavedReport, ATamperedFigureOfATextIsNamed) {
  const Experiment experiment = testing::diffusion();
  const std::string text = report(Form::text, experiment);
  EXPECT_EQ(check_saved_report(experiment, replaced(text, "0.400 s", "0.300 s")).difference,
            "time of roll-add: printed 0.300 s, the samples give 0.400 s (line 7)")
      << text;
  EXPECT_EQ(check_saved_report(experiment, replaced(text, "20,503", "20,504")).difference,
            "page-faults of in-place: printed 20,504, the samples give 20,503 (line 21)");
}

TEST(SavedReport, AFigureThatWidensItsColumnIsNamedNotTheHeadsThatMove) {
  const Experiment experiment = testing::diffusion();
  const std::string moved = replaced(report(Form::text, experiment), "   in-place", "     in-place");
  EXPECT_THAT(check_saved_report(experiment, moved).difference, ::testing::StartsWith("line "));
  EXPECT_EQ(check_saved_report(experiment, replaced(moved, "0.400 s", "0.300 s")).difference,
            "time of roll-add: printed 0.300 s, the samples give 0.400 s (line 7)");
}

TEST(SavedReport, ATamperedFigureOfAMarkdownTableIsNamed) {
  const Experiment experiment = testing::diffusion();
  const std::string text = report(Form::markdown, experiment);
  const std::string found = check_saved_report(experiment, replaced(text, "0.400 s", "0.300 s")).difference;
  EXPECT_THAT(found, ::testing::StartsWith("time of roll-add: printed 0.300 s")) << text;
}

TEST(SavedReport, ATamperedNumberOfACsvIsNamed) {
  const Experiment experiment = testing::diffusion();
  const std::string text = report(Form::csv, experiment);
  const ReportCheck good = check_saved_report(experiment, text);
  EXPECT_EQ(good.difference, "");
  EXPECT_GT(good.recounted, 100U);
  EXPECT_EQ(check_saved_report(experiment, replaced(text, "page-faults,kernel,user+kernel,count,5,204911,",
                                                    "page-faults,kernel,user+kernel,count,5,204912,"))
                .difference,
            "page-faults of contiguous: printed 204912 count, the samples give 204911 count");
  EXPECT_EQ(check_saved_report(experiment, replaced(text, "page-faults,kernel,user+kernel,count,5,204911,",
                                                    "page-faults,kernel,user+kernel,count,4,204911,"))
                .difference,
            "n of page-faults of contiguous: printed 4, the samples give 5");
}

// A scan of two sizes: each point has a baseline of its own.
TEST(SavedReport, AScanIsHeldAgainstItsPoints) {
  Experiment experiment = testing::diffusion();
  for (std::size_t variant = 0; variant < 3; ++variant) {
    experiment.variants[variant].parameters = {{"size", "256"}};
    experiment.variants.push_back(experiment.variants[variant]);
    experiment.variants.back().parameters = {{"size", "512"}};
  }
  const auto small = experiment.samples;
  for (Sample sample : small) {
    sample.variant += 3;
    for (Reading& reading : sample.readings) {
      if (raw(reading)) reading.value = *raw(reading) * (sample.variant == 3 ? 3 : 4);
    }
    experiment.samples.push_back(sample);
  }
  for (const Form form : {Form::text, Form::markdown, Form::csv}) {
    EXPECT_EQ(check_saved_report(experiment, report(form, experiment)).difference, "");
  }
  const std::string csv = report(Form::csv, experiment);
  EXPECT_EQ(check_saved_report(experiment, replaced(csv, "in-place,512,page-faults,kernel,user+kernel,count,5,82012,",
                                                    "in-place,512,page-faults,kernel,user+kernel,count,5,20503,"))
                .difference,
            "page-faults of in-place: printed 20503 count, the samples give 82012 count");
}

TEST(SavedReport, ATamperedSampleIsSeenInTheOldReport) {
  Experiment experiment = testing::diffusion();
  const std::string csv = report(Form::csv, experiment);
  const std::string text = report(Form::text, experiment);
  for (Sample& sample : experiment.samples) {
    if (sample.variant == 1) sample.readings[5].value = std::uint64_t{7};
  }
  EXPECT_EQ(check_saved_report(experiment, csv).difference,
            "page-faults of in-place: printed 20503 count, the samples give 7 count");
  EXPECT_THAT(check_saved_report(experiment, text).difference,
              ::testing::StartsWith("page-faults of in-place: printed "));
}

TEST(SavedReport, LinesThatAreMissingOrOfSomethingElseAreNamed) {
  const Experiment experiment = testing::diffusion();
  const std::string text = report(Form::text, experiment);
  const std::string half = text.substr(0, text.find("instructions"));
  EXPECT_NE(check_saved_report(experiment, half).difference, "");
  EXPECT_EQ(check_saved_report(experiment, "hello\n").difference.substr(0, 21), "line 1: printed hello");
  EXPECT_NE(check_saved_report(experiment, "").difference, "");
}

TEST(SavedReport, CsvFieldsAreReadAsTheyAreWritten) {
  EXPECT_THAT(csv_lines("a,\"b,\"\"c\"\"\"\r\n,\n"), ElementsAre(ElementsAre("a", "b,\"c\""), ElementsAre("", "")));
}

// The two ways of working a figure out agree where they should, on estimates and on figures for a work item too.
TEST(Recount, GivesWhatTheReportGives) {
  Experiment experiment = testing::diffusion(4);
  experiment.samples[0].readings[1] = testing::multiplexed(testing::counted("instructions", 300, Source::sim), 3, 20);
  experiment.samples[3].readings[1] = testing::absent("instructions", AbsenceReason::busy, "busy");
  experiment.samples[6].warm_up = true;
  experiment.samples[7].ending = Ending::failed;
  for (std::size_t variant = 0; variant < 3; ++variant) {
    for (std::size_t event = 0; event < experiment.events.size(); ++event) {
      for (const Per per : {Per::sample, Per::work_item}) {
        const Aggregate sum = aggregate(experiment, variant, event, per);
        const auto own = recount(experiment, variant, event, Pass::measured, per);
        ASSERT_EQ(own.has_value(), sum.n > 0) << experiment.events[event];
        if (!own) continue;
        EXPECT_EQ(own->n, sum.n);
        EXPECT_DOUBLE_EQ(own->median, sum.median);
        EXPECT_DOUBLE_EQ(own->mean, sum.mean);
        EXPECT_DOUBLE_EQ(own->coverage, sum.coverage);
        ASSERT_EQ(own->standard_deviation.has_value(), sum.standard_deviation.has_value());
        if (own->standard_deviation) {
          EXPECT_NEAR(*own->standard_deviation, *sum.standard_deviation, 1e-9 * std::abs(sum.mean));
        }
      }
    }
  }
}

}  // namespace
}  // namespace countercheck
