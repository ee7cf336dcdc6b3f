#include "analysis/meanings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/comparison.hpp"
#include "analysis/stat_summary.hpp"
#include "counters/passports/family_catalogue.hpp"
#include "tests/unit/analysis/experiments.hpp"

namespace countercheck {
namespace {

using testing::counted;
using ::testing::ElementsAre;
using testing::experiment_of;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::sample_of;

constexpr const char* kReferences = "cache-references";
constexpr const char* kMisses = "cache-misses";

// What the shipped passports of a family say of these two.
std::vector<Meaning> on(const char* family) {
  const auto families = families_named(read_families(PASSPORTS), family);
  return {*countercheck::meaning_of(families, kReferences), *countercheck::meaning_of(families, kMisses)};
}

Experiment misses_of(std::vector<Meaning> meanings, Source source = Source::pmu) {
  Experiment experiment = experiment_of(Kind::comparison, {"old", "new"}, {kReferences, kMisses}, 1);
  experiment.meanings = std::move(meanings);
  for (const std::size_t variant : {0U, 1U}) {
    experiment.samples.push_back(
        sample_of(variant, 0, {counted(kReferences, 20, source), counted(kMisses, 3, source)}));
  }
  return experiment;
}

const Metric& miss_rate() {
  for (const Metric& metric : metrics()) {
    if (metric.key == "cache-miss-rate") return metric;
  }
  throw std::out_of_range("no such metric");
}

TEST(Meanings, LikeReadingsMakeAShare) {
  const auto intel = evaluate(miss_rate(), misses_of(on("sapphirerapids")), 0, 1);
  ASSERT_TRUE(intel && !intel->absence);
  EXPECT_DOUBLE_EQ(intel->median, 15);
}

TEST(Meanings, UnlikeReadingsMakeNone) {
  const auto zen = evaluate(miss_rate(), misses_of(on("zen4")), 0, 1);
  ASSERT_TRUE(zen && zen->absence);
  EXPECT_EQ(zen->absence->reason, AbsenceReason::unlike);
  EXPECT_EQ(zen->absence->sentence,
            "no share of cache-misses in cache-references: cache-misses are here those of the L2 (data and instruction "
            "requests of the core; no L2 prefetches), cache-references those of the L2 (data reads and stores, "
            "instruction reads, L1 and L2 prefetches, state changes)");
}

TEST(Meanings, AnotherLevelMakesNoneEither) {
  const auto figure =
      evaluate(miss_rate(), misses_of({{kReferences, "L1d", "reads", ""}, {kMisses, "LLC", "reads", ""}}), 0, 1);
  ASSERT_TRUE(figure && figure->absence);
  EXPECT_THAT(figure->absence->sentence,
              HasSubstr("those of the LLC (reads), cache-references those of the L1d (reads)"));
}

// What was simulated is of one machine, whatever the counters of this one mean.
TEST(Meanings, AreOfCountersOnly) {
  const auto simulated = evaluate(miss_rate(), misses_of(on("zen4"), Source::sim), 0, 1);
  ASSERT_TRUE(simulated);
  EXPECT_FALSE(simulated->absence);
  EXPECT_EQ(differs_note(on("zen4"), kMisses, Source::sim), "");
  EXPECT_THAT(differs_note(on("zen4"), "cache-misses:u", Source::pmu), HasSubstr("L2 misses, not last-level misses"));
  EXPECT_EQ(differs_note({}, kMisses, Source::pmu), "");
}

TEST(Meanings, AQuotientOfTwoKindsAsksForNoLikeness) {
  for (const Metric& metric : metrics()) {
    if (metric.key != "insns-per-cycle") continue;
    EXPECT_FALSE(unlike(metric, {{"instructions", "none", "retired instructions", ""}, {"cycles", "none", "all", ""}},
                        counted("instructions", 1), counted("cycles", 1)));
  }
}

TEST(Meanings, StatMarksWhatDiffersAndWhatIsNotDivided) {
  const StatSummary summary = summarise(misses_of(on("zen4")), 0);
  EXPECT_THAT(summary.rows[0].notes, ElementsAre(0));
  EXPECT_THAT(summary.rows[1].notes, ElementsAre(1, 2));
  ASSERT_EQ(summary.footnotes.size(), 3u);
  EXPECT_THAT(summary.footnotes[0], ::testing::StartsWith("cache-references: L2 requests, prefetches too"));
  EXPECT_THAT(summary.footnotes[1], ::testing::StartsWith("cache-misses: L2 misses, not last-level misses"));
  EXPECT_THAT(summary.footnotes[2], ::testing::StartsWith("no share of cache-misses in cache-references"));
  EXPECT_THAT(summarise(misses_of(on("sapphirerapids")), 0).footnotes,
              ElementsAre("cache-references: Not all cache accesses: only what got past L1 and L2."));
  EXPECT_THAT(summarise(misses_of({}), 0).footnotes, IsEmpty());
}

TEST(Meanings, ATableOfVariantsShowsThatThereIsNoShare) {
  const Comparison comparison = compare_variants(misses_of(on("zen4")));
  ASSERT_EQ(comparison.rows.size(), 3u);
  EXPECT_EQ(comparison.rows[2].name, "of cache refs");
  for (const Cell& cell : comparison.rows[2].cells) {
    ASSERT_TRUE(cell.absence);
    EXPECT_EQ(cell.absence->reason, AbsenceReason::unlike);
    EXPECT_THAT(cell.notes, ElementsAre(2));
  }
  EXPECT_THAT(comparison.rows[1].cells[0].notes, ElementsAre(1));
  EXPECT_EQ(comparison.rows[1].cells[1].ratio, 1.0);
}

}  // namespace
}  // namespace countercheck
