#include "counters/reading.hpp"

#include <gtest/gtest.h>

namespace countercheck {
namespace {

Reading counted(std::uint64_t value, std::uint64_t enabled, std::uint64_t running) {
  return Reading{
      .event = "cycles", .source = Source::pmu, .value = value, .time_enabled = enabled, .time_running = running};
}

TEST(Reading, FullCoverageIsTheRawValue) {
  EXPECT_EQ(estimate(counted(1'000'003, 500, 500)), 1'000'003.0);
  EXPECT_EQ(coverage(counted(1, 500, 500)), 1.0);
}

TEST(Reading, ThreeOfTwentyScalesTheRightWayRound) {
  const Reading reading = counted(300, 20, 3);
  EXPECT_DOUBLE_EQ(coverage(reading), 0.15);
  EXPECT_DOUBLE_EQ(*estimate(reading), 2000.0);
  EXPECT_EQ(raw(reading), 300u) << "the raw value is never scaled";
}

TEST(Reading, NeverRunningHasNoEstimate) {
  EXPECT_EQ(estimate(counted(0, 20, 0)), std::nullopt);
}

TEST(Reading, RunningLongerThanEnabledIsFullCoverage) {
  EXPECT_EQ(coverage(counted(7, 20, 23)), 1.0);
}

TEST(Reading, SourcesThatAreAlwaysOnNeedNoTimes) {
  const Reading reading{.event = "wall-time", .source = Source::clock, .value = std::uint64_t{42}};
  EXPECT_EQ(coverage(reading), 1.0);
  EXPECT_EQ(estimate(reading), 42.0);
}

TEST(Reading, AbsentHasNeitherValueNorEstimate) {
  const Reading reading{.event = "cycles", .source = Source::pmu, .value = Absence{AbsenceReason::no_pmu, "why"}};
  EXPECT_EQ(raw(reading), std::nullopt);
  EXPECT_EQ(estimate(reading), std::nullopt);
  ASSERT_NE(absence(reading), nullptr);
  EXPECT_EQ(absence(reading)->sentence, "why");
}

template <typename Enum>
void expect_round_trip(std::initializer_list<Enum> values, std::optional<Enum> (*from)(std::string_view)) {
  for (const auto value : values) EXPECT_EQ(from(to_string(value)), value) << to_string(value);
  EXPECT_EQ(from("no such word"), std::nullopt);
}

TEST(Reading, StoredWordsReadBack) {
  expect_round_trip(
      {Source::pmu, Source::papi, Source::kernel, Source::rusage, Source::sim, Source::clock, Source::import},
      source_from);
  expect_round_trip({Unit::count, Unit::nanoseconds, Unit::bytes}, unit_from);
  expect_round_trip({Privilege::user_and_kernel, Privilege::user, Privilege::kernel}, privilege_from);
  for (int reason = 0; reason <= static_cast<int>(AbsenceReason::not_simulated); ++reason) {
    const auto value = static_cast<AbsenceReason>(reason);
    EXPECT_EQ(absence_reason_from(to_string(value)), value);
    EXPECT_TRUE(short_form(value).starts_with('<')) << to_string(value);
  }
}

// The tool that it is from has scaled it before it printed it.
TEST(Reading, AnImportIsNotScaledOnceMore) {
  const Reading reading{
      .event = "cycles", .source = Source::import, .value = std::uint64_t{1000}, .time_enabled = 20, .time_running = 3};
  EXPECT_EQ(estimate(reading), 1000.0);
  EXPECT_DOUBLE_EQ(coverage(reading), 0.15);
}

}  // namespace
}  // namespace countercheck
