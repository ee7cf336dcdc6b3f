#include <gmock/gmock.h>

#include "reports/misses_report.hpp"
#include "reports/misses_sentences.hpp"
#include "reports/text_width.hpp"
#include "tests/unit/reports/miss_summary_example.hpp"
#include "tests/unit/reports/screens.hpp"

namespace countercheck {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using testing::miss_summary_example;
using ::testing::Not;
using testing::rendered;
using testing::screen;

std::string report(MissesForm form, const MissSummary& summary, unsigned width = 80, bool colour = false) {
  return rendered(*make_misses_report(form, summary, {.width = width, .colour = colour}));
}

TEST(MissesReport, WholeScreens) {
  for (const unsigned width : {40U, 80U, 120U}) {
    const std::string text = report(MissesForm::text, miss_summary_example(), width);
    EXPECT_EQ(text, screen("misses-" + std::to_string(width) + ".txt", text));
  }
  const std::pair<MissesForm, const char*> forms[] = {
      {MissesForm::markdown, "misses.md"}, {MissesForm::csv, "misses.csv"}, {MissesForm::json, "misses.json"}};
  for (const auto& [form, file] : forms) {
    const std::string text = report(form, miss_summary_example());
    EXPECT_EQ(text, screen(file, text));
  }
}

TEST(MissesReport, EveryWidthIsKeptTo) {
  for (unsigned width = 20; width <= 160; ++width) {
    std::istringstream lines(report(MissesForm::text, miss_summary_example(), width));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(display_width(line), width) << line;
  }
}

TEST(MissesReport, ColourSaysNothingMore) {
  const std::string plain = report(MissesForm::text, miss_summary_example());
  const std::string coloured = report(MissesForm::text, miss_summary_example(), 80, true);
  EXPECT_NE(coloured, plain);
  EXPECT_EQ(testing::uncoloured(coloured), plain);
}

TEST(MissesReport, TheAnswerNamesTheArrayAndTheLine) {
  EXPECT_EQ(answer_sentence(miss_summary_example()),
            "61 % of the L1d misses come from the 1,200 blocks made by diffusion::roll (roll.cpp:12, called from "
            "diffusion::step (step.cpp:41)), and 60 % happen in __memcpy_avx_unaligned_erms (libc.so.6)");
}

TEST(MissesReport, WhereNothingMissedThatIsTheAnswer) {
  MissSummary summary = miss_summary_example();
  summary.tables = miss_tables({}, {.instructions = 7, .levels = {{3, 0, 0}, {3, 0, 0}}}, 1, 10);
  summary.listings.clear();
  EXPECT_EQ(answer_sentence(summary), "no load and no store missed L2");
  for (const auto form : {MissesForm::text, MissesForm::markdown, MissesForm::csv, MissesForm::json}) {
    EXPECT_THAT(report(form, summary), Not(HasSubstr("nan")));
  }
}

TEST(MissesReport, TheContextSaysWhatWasCountedAndHow) {
  MissSummary summary = miss_summary_example();
  EXPECT_THAT(misses_context(summary), Contains("counted: the marked region only, entered once; 3 program images were "
                                                "run, and are summed; 4 threads, summed"));
  EXPECT_THAT(misses_context(summary),
              Contains("1,199,000 of the L1d misses shown are in code without debug information: compile it with -g "
                       "to see its lines"));
  summary.entries.reset();
  summary.processes = summary.threads = 1;
  EXPECT_THAT(misses_context(summary), Contains("counted: the whole process"));
}

TEST(MissesReport, AListingWithoutSourceSaysWhy) {
  MissSummary summary = miss_summary_example();
  summary.listings = {{.name = "copy", .parts = {list_source({.object = "/lib/libc.so.6", .lines = {{0, {}}}}, {})}}};
  EXPECT_THAT(report(MissesForm::text, summary, 200),
              HasSubstr("\n copy\n there is no debug information for this code in libc.so.6: compile it with -g to see "
                        "its lines\n"));
}

}  // namespace
}  // namespace countercheck
