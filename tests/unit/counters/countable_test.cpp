#include "counters/countable.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <cerrno>

namespace countercheck {
namespace {

// Scripted kernels: what perf_event_open(2) would answer.
int refuse(int error) {
  errno = error;
  return -1;
}
int open_anything() {
  return open("/dev/null", O_RDONLY | O_CLOEXEC);
}

int everything(perf_event_attr*, pid_t, int, int, unsigned long) {
  return open_anything();
}
int nothing_by_seccomp(perf_event_attr*, pid_t, int, int, unsigned long) {
  return refuse(EPERM);
}
int paranoid_2(perf_event_attr* attr, pid_t, int, int, unsigned long) {
  return attr->exclude_kernel ? open_anything() : refuse(EACCES);
}
int paranoid_3(perf_event_attr*, pid_t, int, int, unsigned long) {
  return refuse(EACCES);
}
int no_pmu_here(perf_event_attr* attr, pid_t, int, int, unsigned long) {
  return attr->type == PERF_TYPE_SOFTWARE ? open_anything() : refuse(ENOENT);
}

Countable settled(const char* name, const Access& access, PerfEventOpen open) {
  return settle({parse_event(name)}, access, open).front();
}

const Absence& absence_of(const Countable& countable) {
  return std::get<Absence>(countable.by);
}

TEST(Settle, WhatOpensIsCountedAsAsked) {
  const Countable cycles = settled("cycles", {.paranoid = 1}, everything);
  EXPECT_EQ(cycles.source(), Source::pmu);
  EXPECT_EQ(cycles.counted_privilege(), Privilege::user_and_kernel);
  EXPECT_EQ(settled("page-faults", {.paranoid = 1}, everything).source(), Source::kernel);
  EXPECT_EQ(settled("instructions:k", {.paranoid = 1}, everything).counted_privilege(), Privilege::kernel);
  EXPECT_EQ(settled("wall-time", {}, everything).source(), Source::clock);
}

TEST(Settle, AtParanoid2HardwareIsCountedInUserModeOnly) {
  const Countable cycles = settled("cycles", {.paranoid = 2}, paranoid_2);
  EXPECT_EQ(cycles.source(), Source::pmu);
  EXPECT_EQ(cycles.counted_privilege(), Privilege::user);
  EXPECT_TRUE(std::holds_alternative<Absence>(settled("cycles:k", {.paranoid = 2}, paranoid_2).by));
}

// page-faults:u would miss the faults taken inside system calls, context-switches:u would read 0: rusage has all.
TEST(Settle, AtParanoid2SoftwareEventsComeWholeFromRusage) {
  for (const char* name : {"page-faults", "minor-faults", "major-faults", "context-switches", "task-clock"}) {
    const Countable countable = settled(name, {.paranoid = 2}, paranoid_2);
    EXPECT_EQ(countable.source(), Source::rusage) << name;
    EXPECT_EQ(countable.counted_privilege(), Privilege::user_and_kernel) << name;
  }
}

TEST(Settle, AtParanoid2MigrationsAreAbsentBecauseAUserOnlyCountWouldReadZero) {
  const Countable migrations = settled("cpu-migrations", {.paranoid = 2}, paranoid_2);
  EXPECT_EQ(absence_of(migrations).reason, AbsenceReason::not_permitted);
  EXPECT_EQ(migrations.source(), Source::kernel);
}

TEST(Settle, AtParanoid3AndInAContainerRusageAndClockRemain) {
  struct Kernel {
    PerfEventOpen open;
    Access access;
    AbsenceReason reason;
  };
  for (const auto& [open, access, reason] :
       {Kernel{paranoid_3, {.paranoid = 3}, AbsenceReason::not_permitted},
        Kernel{nothing_by_seccomp, {.paranoid = 2, .seccomp = 2}, AbsenceReason::blocked}}) {
    EXPECT_EQ(absence_of(settled("cycles", access, open)).reason, reason);
    EXPECT_EQ(absence_of(settled("cpu-migrations", access, open)).reason, reason);
    EXPECT_EQ(settled("page-faults", access, open).source(), Source::rusage);
    EXPECT_EQ(settled("wall-time", access, open).source(), Source::clock);
    EXPECT_EQ(settled("peak-rss", access, open).source(), Source::rusage);
  }
}

TEST(Settle, WithoutAPmuOneEventDoesNotSpoilTheOthers) {
  const auto countables = settle(default_event_list(), {.hypervisor = "KVM"}, no_pmu_here);
  std::size_t hardware = 0;
  std::size_t software = 0;
  for (const auto& countable : countables) {
    if (const auto* absence = std::get_if<Absence>(&countable.by)) {
      ++hardware;
      EXPECT_EQ(absence->reason, AbsenceReason::no_pmu) << countable.event.name;
      EXPECT_EQ(countable.source(), Source::pmu) << countable.event.name;
    } else {
      ++software;
      EXPECT_EQ(countable.source(), Source::kernel) << countable.event.name;
    }
  }
  EXPECT_EQ(hardware, 8u);
  EXPECT_EQ(software, 6u);
}

TEST(ReadingOf, ACounterThatNeverRanIsAbsentNotZero) {
  const Countable cycles = settled("cycles", {.paranoid = 1}, everything);
  const Reading starved = reading_of(cycles, CounterValue{.value = 0, .time_enabled = 20, .time_running = 0});
  ASSERT_NE(absence(starved), nullptr);
  EXPECT_EQ(absence(starved)->sentence,
            "the event was switched on and never got a counter of the PMU: ask for fewer events at a time");
  const Reading asleep = reading_of(cycles, CounterValue{});
  ASSERT_NE(absence(asleep), nullptr);
  EXPECT_EQ(absence(asleep)->sentence, "the counter was open and never switched on");
}

TEST(ReadingOf, ACountOfZeroThatWasCountedIsZero) {
  const Countable faults = settled("major-faults", {.paranoid = 1}, everything);
  EXPECT_EQ(raw(reading_of(faults, CounterValue{.value = 0, .time_enabled = 20, .time_running = 20})), 0u);
}

// As beside events that PAPI pins to the PMU: the counter runs until PAPI attaches, in the kernel's exec.
TEST(ReadingOf, AMomentInWhichNothingHappenedIsNoCountOfZero) {
  const Countable cycles = settled("cycles:u", {.paranoid = 1}, everything);
  const CounterValue moment{.value = 0, .time_enabled = 202'954'864, .time_running = 99'440};
  const Reading reading = reading_of(cycles, moment);
  ASSERT_NE(absence(reading), nullptr);
  EXPECT_EQ(absence(reading)->reason, AbsenceReason::never_scheduled);
  EXPECT_EQ(absence(reading)->sentence,
            "the event had a counter of the PMU for less than 1 % of the time and counted nothing meanwhile: ask for "
            "fewer events at a time");
  EXPECT_EQ(raw(reading_of(cycles, {.value = 1, .time_enabled = 1'000, .time_running = 9})), 1u);
  EXPECT_EQ(raw(reading_of(cycles, {.value = 0, .time_enabled = 1'000, .time_running = 10})), 0u);
}

TEST(ReadingOf, NothingIsScaled) {
  const Countable cycles = settled("cycles", {.paranoid = 1}, everything);
  const Reading reading = reading_of(cycles, CounterValue{.value = 300, .time_enabled = 20, .time_running = 3});
  EXPECT_EQ(raw(reading), 300u);
  EXPECT_EQ(reading.time_enabled, 20u);
  EXPECT_EQ(reading.time_running, 3u);
}

}  // namespace
}  // namespace countercheck
