#include "reports/factor_sentences.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "analysis/comparison.hpp"
#include "reports/factor_bars.hpp"
#include "tests/unit/analysis/experiments.hpp"
#include "tests/unit/reports/diffusion.hpp"
#include "tests/unit/reports/screens.hpp"

namespace countercheck {
namespace {

using testing::counted;
using ::testing::ElementsAre;
using testing::experiment_of;
using testing::sample_of;
using testing::timed;

// The figures of High Performance Python's examples 6-15 and 6-18, as if each of eight rounds had given just them, but
// for the last digits of the times.
Experiment book() {
  Experiment experiment = experiment_of(
      Kind::comparison, {"memory", "laplacian"},
      {"cycles", "instructions", "cache-references", "cache-misses", "task-clock", "page-faults", "wall-time"}, 8);
  for (unsigned round = 0; round < 8; ++round) {
    experiment.samples.push_back(
        sample_of(0, round,
                  {counted("cycles", 7'864'072'570), counted("instructions", 13'257'488'848),
                   counted("cache-references", 239'195'407), counted("cache-misses", 2'886'525),
                   timed("task-clock", 2'361'473'922 + round, Source::kernel),
                   counted("page-faults", 6'527, Source::kernel), timed("wall-time", 2'363'727'876 + round)}));
    experiment.samples.push_back(
        sample_of(1, round,
                  {counted("cycles", 4'303'799'244), counted("instructions", 4'631'882'411),
                   counted("cache-references", 272'151'957), counted("cache-misses", 2'835'948),
                   timed("task-clock", 1'384'555'494 - round, Source::kernel),
                   counted("page-faults", 5'559, Source::kernel), timed("wall-time", 1'386'148'918 - round)}));
  }
  return experiment;
}

TEST(FactorSentences, TheBooksCustomRollAdd) {
  EXPECT_THAT(
      factor_sentences(compare_variants(book())),
      ElementsAre(
          "laplacian: 1.71x faster than memory = 2.86x fewer instructions x 0.64 IPC x 0.93 clock x 1.00 CPUs",
          "laplacian does less work, each instruction costs more: look at memory, the caches are missed more "
          "often; takes fewer page faults; the clock was slower (instructions 13.26 G to 4.63 G; IPC 1.69 to "
          "1.08; cache misses per 1000 instructions 0.218 to 0.612; page faults 6,527 to 5,559; clock 3.330 GHz "
          "to 3.108 GHz)",
          "laplacian against memory: 1.02x fewer cache-misses = 0.88 (1.14x more references) x 1.16x lower miss "
          "rate"));
  EXPECT_THAT(factor_legend(compare_variants(book())),
              ElementsAre("the factors multiply to what stands before the =; each is the geometric mean over the "
                          "middle half of the rounds, round by round against memory"));
}

TEST(FactorSentences, TooFewRoundsClaimNothing) {
  Experiment experiment = book();
  std::erase_if(experiment.samples, [](const Sample& sample) { return sample.round >= 2; });
  experiment.rounds = 2;
  const Comparison comparison = compare_variants(experiment);
  EXPECT_EQ(time_identity(comparison, comparison.factors.times.front()),
            "laplacian: 1.71x as fast as memory (not told apart) = 2.86x fewer instructions x 0.64 IPC x 0.93 clock x "
            "1.00 CPUs");
  EXPECT_EQ(meaning_sentence(comparison, comparison.factors.times.front()), "");
  EXPECT_EQ(factor_legend(comparison).back(),
            "2 rounds cannot tell all factors from 1 at 95 % together: 7 are needed (-r 7)");
}

// The readings of the events, in the order of book().
void keep_only(Experiment& experiment, const std::vector<std::size_t>& events) {
  const auto kept = [&](auto& all) {
    auto from = std::move(all);
    all.clear();
    for (const std::size_t event : events) all.push_back(std::move(from[event]));
  };
  kept(experiment.events);
  for (Sample& sample : experiment.samples) kept(sample.readings);
}

TEST(FactorSentences, WithoutInstructionsAndTaskClockOnlyWhatIsLeftIsTold) {
  Experiment experiment = book();
  keep_only(experiment, {5, 6});
  EXPECT_THAT(factor_sentences(compare_variants(experiment)),
              ElementsAre("no factors of the time of laplacian: neither instructions nor task-clock were counted (-e "
                          "instructions,task-clock)",
                          "laplacian takes fewer page faults (page faults 6,527 to 5,559)"));
  for (Sample& sample : experiment.samples) {
    for (Reading& reading : sample.readings) reading.summary = Summary{.runs = 8};
  }
  EXPECT_THAT(factor_sentences(compare_variants(experiment)).front(),
              "no factors of the time of laplacian: neither instructions nor task-clock were counted");
}

TEST(FactorSentences, WhatWasCountedInTurnsMakesNoFactors) {
  Experiment experiment = book();
  keep_only(experiment, {1, 6});
  for (Sample& sample : experiment.samples) {
    if (sample.variant == 1) sample.readings[0] = testing::multiplexed(sample.readings[0], 3, 20);
  }
  EXPECT_THAT(factor_sentences(compare_variants(experiment)),
              ElementsAre("no factors of the time of laplacian: no round has instructions or task-clock of it and of "
                          "memory that were counted all the time"));
}

TEST(FactorSentences, SlowerIsSoManyTimesAsFast) {
  Experiment experiment = book();
  experiment.baseline = 1;
  EXPECT_EQ(factor_sentences(compare_variants(experiment)).front(),
            "memory: 0.59x as fast as laplacian = 0.35 (2.86x more instructions) x 1.57 IPC x 1.07 clock x 1.00 CPUs");
}

TEST(FactorSentences, SimulatedFactorsAreMarked) {
  Factor factor{.words = "instructions", .less = "fewer", .more = "more", .times = 2, .simulated = true};
  EXPECT_EQ(shown_factor(factor), "2.00x fewer instructions (simulated)");
  factor.times = 0.5;
  EXPECT_EQ(shown_factor(factor), "0.50 (2.00x more instructions, simulated)");
  factor.times = 1;
  EXPECT_EQ(shown_factor(factor), "1.00 instructions (simulated)");
  factor.reciprocal = true;
  factor.times = 0.004;
  EXPECT_EQ(shown_factor(factor), "0.0040 instructions (simulated)");
}

std::string bars(const Experiment& experiment, std::size_t width, bool utf8) {
  std::ostringstream out;
  Page page(out, width);
  put_factors(page, compare_variants(experiment), utf8);
  return out.str();
}

TEST(FactorBars, OnAWideAndANarrowTerminalAndInAscii) {
  for (const std::size_t width : {80U, 40U, 20U}) {
    const std::string text = bars(book(), width, true);
    EXPECT_EQ(text, testing::screen("factors-" + std::to_string(width) + ".txt", text));
  }
  const std::string ascii = bars(book(), 80, false);
  EXPECT_EQ(ascii, testing::screen("factors-ascii.txt", ascii));
  for (const char letter : ascii) EXPECT_LT(static_cast<unsigned char>(letter), 0x80) << ascii;
}

TEST(FactorBars, NoLineIsWiderThanThePage) {
  for (std::size_t width = 1; width < 120; width += 3) {
    std::istringstream lines(bars(testing::diffusion(), width, true));
    for (std::string line; std::getline(lines, line);) ASSERT_LE(display_width(line), width) << line;
  }
}

TEST(FactorBars, NothingToShowIsNothing) {
  EXPECT_EQ(bars(experiment_of(Kind::comparison, {"a"}, {}, 1), 80, true), "");
}

}  // namespace
}  // namespace countercheck
