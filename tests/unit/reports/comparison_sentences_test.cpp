#include "reports/comparison_sentences.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/sentences.hpp"
#include "tests/unit/reports/diffusion.hpp"

namespace countercheck {
namespace {

using testing::diffusion;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Sentences are tested whole: a reader sees them whole.

TEST(ComparisonSentences, TheHeadingSaysWhatWasRunAndWhatOfItWasCounted) {
  Experiment experiment = diffusion();
  EXPECT_THAT(heading_sentences(compare_variants(experiment)),
              ElementsAre("diffusion, 1024 x 1024 doubles, 100 steps, 1 thread: 5 rounds",
                          "counted: the marked region, entered once; 104,857,600 cell updates in each sample"));
  experiment.region = false;
  experiment.problem.clear();
  experiment.rounds = 1;
  for (Sample& sample : experiment.samples) sample.work_items.reset();
  EXPECT_THAT(heading_sentences(compare_variants(experiment)),
              ElementsAre("diffusion: 1 round", "counted: the whole process"));
}

TEST(ComparisonSentences, PassesAreToldBesideTheRounds) {
  Experiment experiment = diffusion();
  experiment.event_passes = {{"instructions", "cache-misses"}, {"instructions", "cache-references"}};
  EXPECT_EQ(heading_sentences(compare_variants(experiment)).front(),
            "diffusion, 1024 x 1024 doubles, 100 steps, 1 thread: 5 rounds of 2 passes");
  EXPECT_THAT(failure_sentences(compare_variants(experiment)),
              ElementsAre("not all samples were taken: of 10 samples, contiguous 5, in-place 5 and roll-add 5"));
  experiment.event_passes.clear();
  EXPECT_THAT(failure_sentences(compare_variants(experiment)), IsEmpty());
}

TEST(ComparisonSentences, UnequalWorkIsTold) {
  Experiment experiment = diffusion();
  experiment.samples[4].work_items = 5;
  experiment.samples[5].region_entries = 3;
  EXPECT_THAT(heading_sentences(compare_variants(experiment)),
              ElementsAre("diffusion, 1024 x 1024 doubles, 100 steps, 1 thread: 5 rounds",
                          "counted: the marked region, entered 1 to 3 times; 5 to 104,857,600 cell updates in each "
                          "sample",
                          "the samples did different amounts of work: compare them per cell update"));
  EXPECT_EQ(heading_sentences(compare_variants(experiment, Per::work_item)).back(),
            "every count and time in the table is per cell update");
}

TEST(ComparisonSentences, EveryWayOfFailing) {
  Experiment experiment = diffusion();
  const auto fail = [&](std::size_t sample, Ending ending, int status) {
    experiment.samples[sample].ending = ending;
    experiment.samples[sample].status = status;
  };
  fail(1, Ending::signalled, 11);
  fail(4, Ending::signalled, 11);
  fail(7, Ending::failed, 3);
  fail(2, Ending::timed_out, 2500);
  fail(5, Ending::not_started, 2);
  experiment.samples.pop_back();
  fail(13, Ending::interrupted, 2);
  EXPECT_THAT(failure_sentences(compare_variants(experiment)),
              ElementsAre("in-place: 2 of 5 samples failed: killed by signal 11 (SIGSEGV, Segmentation fault)",
                          "in-place: 1 of 5 samples failed: exit status 3",
                          "in-place: 1 of 5 samples failed: countercheck was interrupted by signal 2 (SIGINT, "
                          "Interrupt)",
                          "roll-add: 1 of 4 samples failed: stopped at the time limit of 2.5 s",
                          "roll-add: 1 of 4 samples failed: could not be started: No such file or directory",
                          "not all samples were taken: of 5 rounds, roll-add 4"));
}

TEST(ComparisonSentences, AWrongResultNamesThePartAndBothValues) {
  Experiment experiment = diffusion();
  for (Sample& sample : experiment.samples) {
    if (sample.variant == 1) sample.digest[1] = std::uint64_t{7};
  }
  experiment.samples[8].digest[0] = 3.41;  // roll-add's third
  EXPECT_THAT(wrong_result_sentences(compare_variants(experiment)),
              ElementsAre("WRONG RESULT: in-place did not compute what the baseline contiguous did, in part 2 of the "
                          "digest: 1048576 was expected, 7 came out in round 1. It is left out of all ratios and of "
                          "the ranking.",
                          "WRONG RESULT: roll-add did not compute the same in all of its samples, in part 1 of the "
                          "digest: 3.38 in round 1, 3.41 in round 3. It is left out of all ratios and of the "
                          "ranking."));
}

TEST(ComparisonSentences, AnUnsteadyBaselineGivesNoRatioToAnyone) {
  Experiment experiment = diffusion();
  experiment.samples[3].digest.pop_back();
  EXPECT_THAT(wrong_result_sentences(compare_variants(experiment)),
              ElementsAre("WRONG RESULT: contiguous did not compute the same in all of its samples, in part 2 of the "
                          "digest: 1048576 in round 1, nothing in round 2. It is the baseline: no ratio to it is "
                          "given."));
}

TEST(ComparisonSentences, DigestsAgreeOrAreNotChecked) {
  Experiment experiment = diffusion();
  EXPECT_THAT(digest_sentences(compare_variants(experiment)), ElementsAre("digests agree: all computed the same"));
  for (Sample& sample : experiment.samples) {
    if (sample.variant == 1) sample.digest.clear();
  }
  EXPECT_THAT(digest_sentences(compare_variants(experiment)),
              ElementsAre("in-place gave no digest: what was computed there is not checked"));
  experiment.baseline = 1;
  EXPECT_THAT(digest_sentences(compare_variants(experiment)),
              ElementsAre("in-place gave no digest: what was computed there is not checked",
                          "not checked against the baseline, which gave no digest: contiguous and roll-add"));
  for (Sample& sample : experiment.samples) sample.digest.clear();
  EXPECT_THAT(digest_sentences(compare_variants(experiment)),
              ElementsAre("no digests were given: whether the same was computed is not checked"));
}

TEST(ComparisonSentences, TheVerdictNamesTheFastest) {
  EXPECT_THAT(verdict_sentences(compare_variants(diffusion(10))),
              ElementsAre("fastest: roll-add, 3.04x as fast as contiguous"));
}

TEST(ComparisonSentences, TheBaselineMayBeTheFastest) {
  Experiment experiment = diffusion(10);
  experiment.baseline = 2;
  EXPECT_THAT(verdict_sentences(compare_variants(experiment)),
              ElementsAre("fastest: roll-add, the baseline, 1.86x as fast as the next, in-place"));
}

// Sets the wall time of a variant's samples, in ms, by round.
void set_times(Experiment& experiment, std::size_t variant, const std::vector<std::uint64_t>& milliseconds) {
  for (Sample& sample : experiment.samples) {
    if (sample.variant == variant)
      sample.readings[7].value = milliseconds[sample.round % milliseconds.size()] * 1'000'000;
  }
}

TEST(ComparisonSentences, WhereTheIntervalHasOneNobodyWins) {
  Experiment experiment = diffusion(10);
  set_times(experiment, 0, {400, 404, 402, 406, 398});
  set_times(experiment, 2, {396, 412, 390, 420, 398});
  set_times(experiment, 1, {401, 412, 403, 410, 399});
  EXPECT_THAT(verdict_sentences(compare_variants(experiment)),
              ElementsAre("undecided: the rounds do not tell roll-add and contiguous apart: the one takes 1.000 "
                          "[0.970, 1.034] of the time of the other",
                          "in-place may be just as fast as roll-add: the rounds do not tell them apart",
                          "~ not told apart from the fastest"));
}

TEST(ComparisonSentences, WithinTheToleranceTheyAreEqual) {
  Experiment experiment = diffusion(10);
  set_times(experiment, 0, {1002, 1002, 1003, 1002, 1002});
  set_times(experiment, 1, {1500, 1500, 1500, 1500, 1500});
  set_times(experiment, 2, {1000, 1001, 1000, 1000, 1000});
  EXPECT_THAT(verdict_sentences(compare_variants(experiment)),
              ElementsAre("equal: roll-add takes the time of contiguous within 1 %, 0.998 [0.997, 0.999] of it",
                          "~ not told apart from the fastest"));
}

TEST(ComparisonSentences, ASmallButCertainDifferenceIsNotShownAsNone) {
  Experiment experiment = diffusion(10);
  experiment.terms.tolerance = 0.0001;
  set_times(experiment, 0, {1002, 1002, 1002, 1002, 1002});
  set_times(experiment, 1, {1500, 1500, 1500, 1500, 1500});
  set_times(experiment, 2, {1000, 1000, 1000, 1000, 1000});
  EXPECT_EQ(verdict_sentences(compare_variants(experiment)).front(),
            "fastest: roll-add, 1.0020x as fast as contiguous");
}

TEST(ComparisonSentences, OneRoundIsNoProof) {
  const Comparison comparison = compare_variants(diffusion(1));
  EXPECT_THAT(verdict_sentences(comparison),
              ElementsAre("undecided: roll-add took the least time, 3.03x as fast as contiguous, but 1 round cannot "
                          "decide 15 intervals together at 95 %: 10 are needed",
                          "in-place may be just as fast as roll-add: the rounds do not tell them apart",
                          "~ not told apart from the fastest"));
  EXPECT_THAT(legend_sentences(comparison),
              ElementsAre("each value is the median of the rounds; 0.50x is half of what contiguous has",
                          "a single sample has no spread: repeat it (-r 5) to see how sure a value is",
                          "peak-rss is that of the whole process, not of the marked region"));
}

TEST(ComparisonSentences, NothingCompletedIsNothingToCompare) {
  Experiment experiment = diffusion();
  for (Sample& sample : experiment.samples) sample.ending = Ending::failed;
  const Comparison comparison = compare_variants(experiment);
  EXPECT_THAT(verdict_sentences(comparison), ElementsAre("no sample ran to its end: there is nothing to compare"));
  EXPECT_THAT(legend_sentences(comparison), IsEmpty());
  EXPECT_THAT(digest_sentences(comparison), IsEmpty());
}

TEST(ComparisonSentences, AFailedBaselineIsTheReasonForNoRatios) {
  Experiment experiment = diffusion();
  for (Sample& sample : experiment.samples) {
    if (sample.variant == 0) sample.ending = Ending::failed;
  }
  EXPECT_THAT(verdict_sentences(compare_variants(experiment)),
              ElementsAre("no sample of the baseline contiguous ran to its end: no ratio to it is given",
                          "~ not told apart from the fastest"));
}

TEST(ComparisonSentences, EveryMarkInTheTableHasItsLegendAndNoOther) {
  Experiment experiment = diffusion();
  experiment.region = false;
  experiment.samples[2].readings[1] = testing::multiplexed(experiment.samples[2].readings[1], 62, 100);
  experiment.samples[5].digest[0] = 1.0;
  experiment.samples[2].readings[2].source = Source::pmu;
  EXPECT_THAT(legend_sentences(compare_variants(experiment)),
              ElementsAre("each value is the median of the rounds; ± is the sample standard deviation relative to the "
                          "median; 0.50x is half of what contiguous has",
                          "= the same in every round",
                          "(62 %) the counter ran for that share of the time only, in the worst round; the value is an "
                          "estimate",
                          "! wrong result: no ratios"));
}

TEST(ComparisonSentences, ASpreadAroundNothingHasNoPercentage) {
  Experiment experiment = diffusion();
  for (Sample& sample : experiment.samples) {
    if (sample.variant == 2) sample.readings[6].value = std::uint64_t{sample.round == 0 ? 5U : 0U};
  }
  EXPECT_EQ(legend_sentences(compare_variants(experiment))[1],
            "± without % is the deviation itself, where the median is 0");
}

TEST(ComparisonSentences, TheSourcesInTheTableAreExplained) {
  EXPECT_EQ(source_legend(compare_variants(diffusion())), "s simulated; k counted by the kernel; r told by getrusage");
}

TEST(ComparisonSentences, UncountedEventsTellTheirReason) {
  EXPECT_THAT(uncounted_sentences(compare_variants(diffusion())),
              ElementsAre("not counted: cycles (no PMU: this machine shows no PMU to its guests)"));
}

TEST(ComparisonSentences, WhatHasNoSampleSaysSoOnce) {
  Experiment experiment = testing::experiment_of(Kind::comparison, {"old", "new"}, {"wall-time", "page-faults"}, 1);
  EXPECT_THAT(uncounted_sentences(compare_variants(experiment)),
              ElementsAre("not counted: time, page-faults (no sample ran to its end)"));
}

TEST(Sentences, ListsAndNumbersOfThings) {
  EXPECT_EQ(listed({}), "");
  EXPECT_EQ(listed({"a"}), "a");
  EXPECT_EQ(listed({"a", "b"}), "a and b");
  EXPECT_EQ(listed({"a", "b", "c"}), "a, b and c");
  EXPECT_EQ(shown_entries({1, 1}), "entered once");
  EXPECT_EQ(shown_entries({0, 0}), "entered 0 times");
  EXPECT_EQ(shown_entries({1, 2000}), "entered 1 to 2,000 times");
}

TEST(Sentences, EverySourceButTheClockHasALetterOfItsOwn) {
  std::string letters;
  for (const Source source : {Source::pmu, Source::papi, Source::kernel, Source::rusage, Source::sim, Source::import}) {
    EXPECT_EQ(letters.find(mark_of(source)), std::string::npos);
    letters += mark_of(source);
    EXPECT_EQ(legend_of(source).substr(0, 2), std::string(1, mark_of(source)) + " ");
  }
  EXPECT_EQ(mark_of(Source::clock), '\0');
}

}  // namespace
}  // namespace countercheck
