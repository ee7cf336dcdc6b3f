#include "reports/stat_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/stat_lines.hpp"
#include "reports/text_width.hpp"
#include "tests/unit/reports/screens.hpp"
#include "tests/unit/reports/stat_experiment.hpp"

namespace countercheck {
namespace {

using testing::counted;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::multiplexed;
using ::testing::Not;
using testing::rendered;
using testing::screen;
using testing::stat_experiment;

std::string text_of(const Experiment& experiment, const ReportOptions& options) {
  return rendered(*make_report(Form::text, experiment, options));
}

class StatScreens : public ::testing::TestWithParam<unsigned> {};

TEST_P(StatScreens, OfThreeRuns) {
  const std::string text = text_of(stat_experiment(), {.width = GetParam()});
  EXPECT_EQ(text, screen("stat-" + std::to_string(GetParam()) + ".txt", text));
}

INSTANTIATE_TEST_SUITE_P(Widths, StatScreens, ::testing::Values(120U, 80U, 40U, 20U));

TEST(StatText, OneRunHasNoSpreadAndDoesNotSayHowMany) {
  Experiment experiment = stat_experiment();
  experiment.rounds = 1;
  experiment.samples.resize(1);
  const std::string text = text_of(experiment, {.width = 120});
  EXPECT_THAT(text, HasSubstr(" Counts for './a.out'\n"));
  EXPECT_THAT(text, Not(HasSubstr("±")));
}

TEST(StatText, TheHeadingTellsThePasses) {
  Experiment experiment = stat_experiment();
  experiment.event_passes = {{"instructions", "cycles"}, {"instructions", "branches"}};
  EXPECT_EQ(stat_heading(summarise(experiment, 0)).front(), "Counts for './a.out' (3 of 6 runs in 2 passes completed)");
  const std::size_t measured = experiment.samples.size();
  for (std::size_t i = 0; i < measured; ++i) {
    experiment.samples.push_back(experiment.samples[i]);
    experiment.samples.back().event_pass = 1;
  }
  EXPECT_EQ(stat_heading(summarise(experiment, 0)).front(), "Counts for './a.out' (6 runs in 2 passes)");
}

TEST(StatText, ASumOverTypesOfCoresIsNoEstimate) {
  Experiment experiment = stat_experiment();
  for (Sample& sample : experiment.samples) {
    Reading& cycles = sample.readings[0];
    cycles = multiplexed(counted("cycles", 5'000'000'000), 62, 100);
    cycles.cores = {{"cpu_atom", 2'000'000'000, 60, 22}, {"cpu_core", 3'000'000'000, 40, 40}};
  }
  const StatLine line = stat_lines(summarise(experiment, 0)).counts.front();
  EXPECT_EQ(line.value, "5,000,000,000") << "never scaled";
  EXPECT_EQ(line.marks, "[counted 62 % of the time] [1]");
  EXPECT_EQ(summarise(experiment, 0).footnotes.front(),
            "a sum over types of cores is never scaled: the true count is higher");
}

TEST(StatText, PerItem) {
  Experiment experiment = stat_experiment();
  experiment.region = true;
  experiment.work_item = "element";
  for (Sample& sample : experiment.samples) {
    sample.region_entries = 100;
    sample.work_items = 1'000'000;
  }
  const std::string text = text_of(experiment, {.width = 120, .per_item = true});
  EXPECT_EQ(text, screen("stat-per-item.txt", text));
}

TEST(StatText, TheHeadingTellsRunsThatFailedAndTheRegion) {
  Experiment experiment = stat_experiment();
  experiment.region = true;
  for (Sample& sample : experiment.samples) sample.region_entries = 100;
  experiment.samples[1].ending = Ending::failed;
  experiment.samples[1].status = 3;
  EXPECT_THAT(stat_heading(summarise(experiment, 0)),
              ElementsAre("Counts for './a.out' (2 of 3 runs completed)", "1 of 3 runs failed: exit status 3",
                          "counted: the marked region only, entered 100 times in each run; the peak of the memory is "
                          "that of the whole process"));
}

TEST(StatText, RunsThatComputedDifferentThingsAreTold) {
  Experiment experiment = stat_experiment();
  experiment.samples[0].digest = {1.5};
  experiment.samples[1].digest = {1.5};
  experiment.samples[2].digest = {2.5};
  EXPECT_EQ(stat_footnotes(summarise(experiment, 0)).front(),
            "WRONG RESULT: the runs did not all compute the same, in part 1 of the digest: 1.5 in run 1, 2.5 in run 3");
}

TEST(StatText, NoRunCompletedKeepsEveryRow) {
  Experiment experiment = stat_experiment();
  for (Sample& sample : experiment.samples) sample.ending = Ending::failed;
  const std::string text = text_of(experiment, {.width = 120});
  for (const char* row : {"<no sample> cycles", "<no sample> instructions", "<no sample> task-clock",
                          "<no sample> elapsed", "<no sample> peak memory"}) {
    EXPECT_THAT(text, HasSubstr(row));
  }
  EXPECT_THAT(text, HasSubstr("(0 of 3 runs completed)"));
}

TEST(StatText, LessThanOneOnTheAverageIsNotNone) {
  Experiment experiment = stat_experiment();
  for (Sample& sample : experiment.samples) sample.readings[8].value = std::uint64_t{sample.round == 0};
  EXPECT_THAT(text_of(experiment, {.width = 120}), HasSubstr(" 0.33 cpu-migrations"));
}

TEST(StatText, RatesHaveTheUnitInWhichTheyAreOneAtLeast) {
  EXPECT_EQ(shown_rate(113'362'000), " 113.362 M/sec");
  EXPECT_EQ(shown_rate(2'900'000'000.0), "   2.900 G/sec");
  EXPECT_EQ(shown_rate(245'719), " 245.719 K/sec");
  EXPECT_EQ(shown_rate(999.9999), "   1.000 K/sec");
  EXPECT_EQ(shown_rate(999.99), " 999.990 /sec");
  EXPECT_EQ(shown_rate(2.615), "   2.615 /sec");
  EXPECT_EQ(shown_rate(0.5), "   0.500 /sec");
  EXPECT_EQ(shown_rate(0.0001234), "0.000123 /sec");
  EXPECT_EQ(shown_rate(0), "   0.000 /sec");
}

TEST(StatText, NoLineIsWiderThanTheTerminal) {
  for (unsigned width = 1; width < 140; ++width) {
    std::istringstream lines(text_of(stat_experiment(), {.width = width}));
    for (std::string line; std::getline(lines, line);) {
      ASSERT_LE(display_width(line), width) << line;
      ASSERT_FALSE(line.ends_with(' ')) << line;
    }
  }
}

TEST(StatText, ColourChangesNoCharacter) {
  for (const unsigned width : {120U, 80U, 40U}) {
    EXPECT_EQ(testing::uncoloured(text_of(stat_experiment(), {.width = width, .colour = true})),
              text_of(stat_experiment(), {.width = width}));
  }
}

TEST(StatText, AMetricThatCannotBeRightHasAFootnote) {
  Experiment experiment = stat_experiment();
  for (Sample& sample : experiment.samples) sample.readings[4].value = std::uint64_t{400'000'000};
  EXPECT_THAT(text_of(experiment, {.width = 120}),
              HasSubstr("cannot be right: more cache-misses than cache-references"));
}

}  // namespace
}  // namespace countercheck
