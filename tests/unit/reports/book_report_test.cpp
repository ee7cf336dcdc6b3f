#include "reports/book_report.hpp"

#include <gmock/gmock.h>

#include <sstream>

#include "reports/book_sentences.hpp"
#include "reports/text_width.hpp"
#include "tests/unit/reports/diffusion.hpp"
#include "tests/unit/reports/screens.hpp"

namespace countercheck {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::rendered;
using testing::screen;

BookReading reading_of(const std::string& table, const Experiment* here = nullptr) {
  return read_the_book(read_book(BOOK_TABLES), table, here);
}

std::string report(Form form, const std::string& table, unsigned width = 80, bool with_here = false) {
  const Experiment here = testing::diffusion();
  return rendered(*make_book_report(form, reading_of(table, with_here ? &here : nullptr), {.width = width}));
}

TEST(BookReport, WholeScreens) {
  for (const unsigned width : {40U, 80U}) {
    const std::string all = report(Form::text, "", width, true);
    EXPECT_EQ(all, screen("book-" + std::to_string(width) + ".txt", all));
    const std::string one = report(Form::text, "6-11", width);
    EXPECT_EQ(one, screen("book-6-11-" + std::to_string(width) + ".txt", one));
  }
  const std::string markdown = report(Form::markdown, "", 80, true);
  EXPECT_EQ(markdown, screen("book.md", markdown));
  const std::string csv = report(Form::csv, "6-18", 80, true);
  EXPECT_EQ(csv, screen("book-6-18.csv", csv));
}

TEST(BookReport, EveryWidthIsKeptTo) {
  for (unsigned width = 20; width <= 160; width += 7) {
    for (const char* table : {"", "6-20"}) {
      std::istringstream lines(report(Form::text, table, width, table[0] == '\0'));
      for (std::string line; std::getline(lines, line);) EXPECT_LE(display_width(line), width) << line;
    }
  }
}

TEST(BookReport, ALocalityThatTheFiguresDoNotShowIsSaid) {
  EXPECT_THAT(
      book_findings(reading_of("6-11")),
      ElementsAre(
          "The book's reading: numpy is faster than pure Python for its memory locality more than for vector "
          "instructions, since it is much faster without them already. Its figures say otherwise.",
          "6-08 to 6-11 (numpy without vectorisation): 6.605 times as fast = 11.241x fewer instructions x 0.599 "
          "IPC x 0.982 clock x 1.000 CPUs; the instructions explain more than all of it (128 %), and each cycle "
          "does fewer of them, where better locality would let it do more; it even refers to the last-level "
          "cache 2.35 times as often.",
          "6-11 to 6-10 (numpy): 4.685 times as fast = 3.509x fewer instructions x 1.368 IPC x 0.976 clock x "
          "1.000 CPUs. Of the whole way, 30.9 times as fast, this step is 45 % and the one before it 55 % "
          "(factors multiply, so these are parts of the logarithm)."));
}

TEST(BookReport, ClaimsOfNumbersAreHeldAgainstTheTables) {
  EXPECT_THAT(book_findings(reading_of("6-18")),
              ElementsAre("The book on 6-15 to 6-18: a laplacian that adds slices in place is 70 % faster. Its figures "
                          "bear it out: 1.705 times as fast.",
                          "The book on 6-15 to 6-18: it needs 2.86 times fewer instructions. Its figures bear it out: "
                          "2.862 times fewer instructions."));
}

TEST(BookReport, WhatExplainsAStepIsAFifthOfItOrMore) {
  EXPECT_EQ(explanation_of({1.295, 1.144, 1.133, 0.999, 1.000}), "fewer instructions and more done in a cycle");
  EXPECT_EQ(explanation_of({1.705, 2.862, 0.638, 0.933, 1.000}),
            "fewer instructions; against it: less done in a cycle");
  EXPECT_EQ(explanation_of({0.461, 0.670, 1.081, 0.466, 1.365}),
            "a lower clock and more instructions; against it: more CPUs");
  EXPECT_EQ(explanation_of({2, 1, 1, 1, 2}), "more CPUs");
  EXPECT_EQ(explanation_of({1.004, 1.5, 0.669, 1, 1}), "as fast");
}

TEST(BookReport, AClockThatNoProcessorHasIsDoubted) {
  EXPECT_THAT(step_sentences(reading_of("")),
              ElementsAre("6-20 has 0.466 of the clock of 6-18 on the same processor: not all of its cycles were "
                          "counted, or it slept in its CPU time; what is made of its cycles is to be doubted, the time "
                          "and the instructions are not."));
}

TEST(BookReport, TheRuntimesSayWhatTheyAreOf) {
  EXPECT_THAT(
      runtime_sentences(reading_of("6-1")),
      ElementsAre("Printed as of 500 iterations, and taken for 50: the counter tables, of 500 at 512 x 512, took "
                  "from 9.2 (6-08) to 23.2 times (6-20) as long as this table has for the same programs; nruns = "
                  "50 in the authors' _benchmark.py (github.com/mynameisfiber/high_performance_python, "
                  "06_matrix/diffusion_2d, commit 01cefe9e). Ratios within a column do not depend on it."));
  BookReading agreed = reading_of("6-1");
  agreed.book.runtimes.iterations = 500;
  EXPECT_THAT(runtime_sentences(agreed), ElementsAre("Each is of 500 iterations."));
}

TEST(BookReport, WhatWasMeasuredHereIsToldApart) {
  Experiment here = testing::diffusion();
  EXPECT_THAT(here_sentences(reading_of("", &here)),
              ElementsAre("Here: diffusion, 1024 x 1024 doubles, 100 steps, 1 thread, matched by the scheme that each "
                          "variant names. Its size and iterations are not the book's, so both are given for one cell "
                          "update, and ratios to the first row.",
                          "Here the marked region was counted, in the book the whole process, Python's start included.",
                          "s simulated: of user mode only, on the machine that the results file names."));
}

TEST(BookReport, ATableOfWhichNothingWasCountedHereIsLeftOut) {
  Experiment here = testing::diffusion();
  for (Sample& sample : here.samples) {
    sample.readings[3] = testing::absent("cache-misses", AbsenceReason::no_pmu, "there is no PMU here");
  }
  const std::string text = rendered(*make_book_report(Form::text, reading_of("", &here)));
  EXPECT_THAT(text, HasSubstr("Here beside the book: instructions"));
  EXPECT_THAT(text, Not(HasSubstr("Here beside the book: cache misses")));
  const std::string csv = rendered(*make_book_report(Form::csv, reading_of("", &here)));
  EXPECT_THAT(csv,
              HasSubstr("6-10,,numpy,contiguous,,,cache-misses-per-cell-update,1/cell update,,there is no PMU here\n"));
}

}  // namespace
}  // namespace countercheck
