#include "counters/trial.hpp"

#include <gtest/gtest.h>

#include <cerrno>

namespace countercheck {
namespace {

TEST(Trial, SoftwareEventsCountWhereTheKernelAllows) {
  const Access access = read_access();
  if (!may_count_kernel(access)) GTEST_SKIP() << "perf_event_paranoid is " << access.paranoid << " and this is no root";
  for (const char* event : {"task-clock", "page-faults", "minor-faults", "context-switches"}) {
    const Trial trial = try_event(event, true, access);
    if (const auto* why = absence(trial.reading)) GTEST_SKIP() << why->sentence;
    EXPECT_FALSE(trial.dead) << event;
    EXPECT_GT(raw(trial.reading), 0u) << event;
  }
}

TEST(Trial, WithoutTheCallRusageStandsIn) {
  const auto refuse = [](perf_event_attr*, pid_t, int, int, unsigned long) {
    errno = EPERM;
    return -1;
  };
  const Trial trial = try_event("page-faults", true, {.seccomp = 2}, refuse);
  EXPECT_EQ(trial.reading.source, Source::rusage);
  EXPECT_GE(raw(trial.reading), 16u) << "the trial touches sixteen pages";
  EXPECT_FALSE(trial.dead);
}

// On a PMU the hardware events must count; without one they must be absent, never 0.
TEST(Trial, InstructionsAreCountedOrAbsent) {
  const Trial trial = try_event("instructions", true, read_access());
  if (const auto* why = absence(trial.reading)) {
    EXPECT_FALSE(why->sentence.empty());
    GTEST_SKIP() << "no hardware event: " << why->sentence;
  }
  EXPECT_FALSE(trial.dead);
  EXPECT_GT(raw(trial.reading), 100'000u);
}

}  // namespace
}  // namespace countercheck
