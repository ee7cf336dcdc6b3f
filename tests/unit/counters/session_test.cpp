#include "counters/session.hpp"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>

#include "counters/user_error.hpp"

namespace countercheck {
namespace {

// A scripted kernel: what it opens is a file with the answers that read(2) is to give, one after the other, each
// {counters, time enabled, time running, value} as for a group of one.
struct Kernel {
  std::vector<std::array<std::uint64_t, 4>> answers{};
  int refuses = 0;       // errno for the second of a group
  int leaders = 0;       // groups that were opened
  bool inherits = true;  // whether the last one was to be inherited
};
Kernel kernel;

int scripted_open(perf_event_attr* attr, pid_t, int, int group, unsigned long) {
  if (group != -1 && kernel.refuses != 0) {
    errno = kernel.refuses;
    return -1;
  }
  // settle() tries each event on its own first, and asks for no group's answer.
  if (group == -1 && (attr->read_format & PERF_FORMAT_GROUP) != 0) ++kernel.leaders;
  kernel.inherits = attr->inherit != 0;
  const int file = memfd_create("counter", MFD_CLOEXEC);
  for (const auto& answer : kernel.answers)
    if (write(file, answer.data(), sizeof answer) != sizeof answer) std::abort();
  lseek(file, 0, SEEK_SET);
  return file;
}

int no_pmu_here(perf_event_attr* attr, pid_t pid, int cpu, int group, unsigned long flags) {
  if (attr->type == PERF_TYPE_SOFTWARE) return scripted_open(attr, pid, cpu, group, flags);
  errno = ENOENT;
  return -1;
}

class SessionOfScripts : public testing::Test {
 protected:
  void SetUp() override { kernel = {}; }
};

// What it opens has no page of a counter.
constexpr SessionOptions kScripted{.user_reads = false, .open = scripted_open};

TEST_F(SessionOfScripts, CountsWhatCameSinceTheStart) {
  kernel.answers = {{1, 100, 100, 40}, {1, 300, 130, 57}, {1, 500, 230, 90}};
  Session session("cycles", kScripted);
  const auto readings = session.measure([] {});
  ASSERT_EQ(readings.size(), 1u);
  EXPECT_EQ(raw(readings[0]), 17u) << "57 - 40, not scaled";
  EXPECT_EQ(readings[0].time_enabled, 200u);
  EXPECT_EQ(readings[0].time_running, 30u);
  EXPECT_DOUBLE_EQ(coverage(readings[0]), 0.15);
  EXPECT_EQ(raw(session.measure([] {}).front()), 33u) << "the second begins where the first ended";
  EXPECT_EQ(session.value(0), 33u);
}

TEST_F(SessionOfScripts, WhatCountedNothingForAMomentIsAbsent) {
  kernel.answers = {{1, 0, 0, 7}, {1, 1000, 9, 7}, {1, 2000, 19, 7}};
  Session session("cycles", kScripted);
  const auto readings = session.measure([] {});
  ASSERT_NE(absence(readings[0]), nullptr);
  EXPECT_EQ(absence(readings[0])->reason, AbsenceReason::never_scheduled);
  EXPECT_EQ(session.value(0), std::nullopt);
  EXPECT_EQ(raw(session.measure([] {}).front()), 0u) << "a hundredth of the time is a time";
}

TEST_F(SessionOfScripts, LeavesPapiItsEvents) {
  Event event;
  event.name = "PAPI_TOT_INS";
  event.papi = PapiEvent{.name = "perf::PAGE-FAULTS", .software = true};
  Session session({event}, kScripted);
  const auto readings = session.measure([] {});
  ASSERT_EQ(readings.size(), 1u);
  EXPECT_NE(absence(readings[0]), nullptr) << "an absence, whether PAPI could count it or not";
}

TEST_F(SessionOfScripts, ReadGoesOnAndStopEnds) {
  kernel.answers = {{1, 10, 10, 1}, {1, 20, 20, 4}, {1, 30, 30, 9}, {1, 40, 40, 1000}};
  Session session("page-faults", kScripted);
  session.start();
  session.read();
  EXPECT_EQ(session.value(0), 3u);
  session.stop();
  EXPECT_EQ(session.value(0), 8u);
  session.read();
  session.stop();
  EXPECT_EQ(session.value(0), 8u) << "after the stop there is nothing to take";
}

TEST_F(SessionOfScripts, StartedAnewItBeginsAtNothing) {
  kernel.answers = {{1, 10, 10, 1}, {1, 20, 20, 50}, {1, 30, 30, 53}};
  Session session("page-faults", kScripted);
  session.start();
  session.start();
  session.stop();
  EXPECT_EQ(session.value(0), 3u);
}

TEST_F(SessionOfScripts, BeforeAnythingWasCountedThereIsNoValue) {
  kernel.answers = {{1, 100, 100, 40}};
  Session session("cycles,wall-time", kScripted);
  EXPECT_EQ(session.value(0), std::nullopt);
  for (const auto& reading : session.readings()) {
    ASSERT_NE(absence(reading), nullptr) << reading.event;
    EXPECT_EQ(absence(reading)->sentence, "nothing was counted yet: start() the session, then read() or stop() it");
  }
  session.start();
  EXPECT_EQ(session.value(0), std::nullopt) << "started and not read";
}

TEST_F(SessionOfScripts, WhatTheKernelDoesNotTellIsAbsentNotZero) {
  Session session("cycles", kScripted);
  const auto readings = session.measure([] {});
  ASSERT_NE(absence(readings[0]), nullptr);
  EXPECT_EQ(absence(readings[0])->sentence, "the kernel gave no value for this counter");
  EXPECT_EQ(session.value(0), std::nullopt);
}

TEST_F(SessionOfScripts, AValueThatWentBackIsNothingCounted) {
  kernel.answers = {{1, 100, 100, 40}, {1, 300, 300, 39}};
  Session session("cycles", kScripted);
  EXPECT_EQ(raw(session.measure([] {}).front()), 0u);
}

// A clock may tick every 40 ns, and a loop of ten instructions be over before.
TEST_F(SessionOfScripts, ACountWithinOneTickOfTheClockIsACount) {
  kernel.answers = {{1, 100, 100, 40}, {1, 100, 100, 52}};
  Session session("cycles", kScripted);
  const auto readings = session.measure([] {});
  EXPECT_EQ(raw(readings[0]), 12u);
  EXPECT_DOUBLE_EQ(coverage(readings[0]), 1.0);
}

TEST_F(SessionOfScripts, EventsThatTheKernelRefusesTogetherAreCountedApart) {
  kernel.refuses = EINVAL;
  kernel.answers = {{1, 100, 100, 40}, {1, 300, 300, 47}};
  Session session("cycles,instructions,branches", kScripted);
  EXPECT_EQ(kernel.leaders, 3);
  for (const auto& reading : session.measure([] {})) EXPECT_EQ(raw(reading), 7u) << reading.event;
}

// The PMU of some machines takes a group of more events than it has counters, and never runs it.
TEST_F(SessionOfScripts, AGroupThatNeverRunsIsHalvedUntilItIsSingleEvents) {
  kernel.answers = {{1, 100, 0, 0}, {1, 300, 0, 0}};
  Session session("cycles,instructions,branches,branch-misses", kScripted);
  EXPECT_EQ(kernel.leaders, 1 + 2 + 4);
  for (const auto& reading : session.measure([] {})) {
    ASSERT_NE(absence(reading), nullptr) << reading.event;
    EXPECT_EQ(absence(reading)->sentence,
              "the event was switched on and never got a counter of the PMU: ask for fewer events at a time");
  }
}

TEST_F(SessionOfScripts, OneAbsentEventDoesNotSpoilTheOthers) {
  kernel.answers = {{1, 100, 100, 40}, {1, 300, 300, 47}};
  Session session("instructions,page-faults", {.user_reads = false, .open = no_pmu_here});
  const auto readings = session.measure([] {});
  ASSERT_NE(absence(readings[0]), nullptr);
  EXPECT_EQ(absence(readings[0])->reason, AbsenceReason::no_pmu);
  EXPECT_EQ(session.value(0), std::nullopt);
  EXPECT_EQ(raw(readings[1]), 7u);
  EXPECT_EQ(session.value(1), 7u);
}

TEST_F(SessionOfScripts, ThreadsAreInheritedWhenAskedOnly) {
  const Session own("cycles", kScripted);
  EXPECT_FALSE(kernel.inherits);
  const Session all("cycles", {.inherit = true, .user_reads = false, .open = scripted_open});
  EXPECT_TRUE(kernel.inherits);
}

TEST_F(SessionOfScripts, WorkThatThrowsIsStopped) {
  kernel.answers = {{1, 10, 10, 1}, {1, 20, 20, 4}, {1, 30, 30, 1000}};
  Session session("page-faults", kScripted);
  EXPECT_THROW(session.measure([] { throw std::runtime_error("no"); }), std::runtime_error);
  session.read();
  EXPECT_EQ(session.value(0), 3u);
}

TEST_F(SessionOfScripts, AnUnknownNameIsAUsersError) {
  try {
    Session session("page-fautls");
    FAIL() << "nothing was thrown";
  } catch (const UserError& error) {
    EXPECT_STREQ(
        error.what(),
        "there is no event 'page-fautls' (did you mean page-faults?): countercheck list events shows them all");
  }
}

}  // namespace
}  // namespace countercheck
