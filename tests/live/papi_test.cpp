// What PAPI counts of a launched process, beside what we count of it ourselves. The tests are linked with
// pretend_pmu.c: PAPI attaches here whether there is a PMU or not.
#include <fcntl.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <csignal>

#include "counters/papi_library.hpp"
#include "counters/papi_status.hpp"
#include "counters/trial.hpp"
#include "counters/user_error.hpp"
#include "experiment/launch.hpp"

namespace countercheck {
namespace {

class Papi : public testing::Test {
 protected:
  void SetUp() override {
    const Countable faults = by_papi("page-faults");
    if (faults.not_by_papi) GTEST_SKIP() << faults.not_by_papi->sentence;
  }

  static Countable by_papi(const std::string& event) {
    std::vector<Event> events = {parse_event(event)};
    choose_backend(Backend::papi, events);
    return settle(events, read_access()).front();
  }

  // These by PAPI, and page-faults by ourselves at the end.
  static LaunchSettings settings(bool region, const std::vector<std::string>& events = {"page-faults"}) {
    LaunchSettings settings;
    for (const auto& event : events) settings.countables.push_back(by_papi(event));
    settings.countables.push_back(settle({parse_event("page-faults")}, read_access()).front());
    settings.region = region;
    return settings;
  }

  static Sample run(const LaunchSettings& settings, const std::vector<std::string>& command) {
    Launcher launcher(settings);
    return launcher.launch(command.front(), command);
  }

  static std::uint64_t value(const Reading& reading) {
    if (const auto* why = absence(reading)) ADD_FAILURE() << reading.event << ": " << why->sentence;
    return raw(reading).value_or(0);
  }

  // Page faults of the marked region, by PAPI and by ourselves.
  static std::pair<std::uint64_t, std::uint64_t> region_faults(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), TOUCH_PAGES);
    const Sample sample = run(settings(true), arguments);
    EXPECT_EQ(sample.ending, Ending::completed);
    EXPECT_EQ(sample.readings.front().source, Source::papi);
    EXPECT_EQ(sample.readings.back().source, Source::kernel);
    return {value(sample.readings.front()), value(sample.readings.back())};
  }
};

using Both = std::pair<std::uint64_t, std::uint64_t>;

TEST_F(Papi, TheRegionIsExact) {
  EXPECT_EQ(region_faults({"--region", "2048"}), Both(2048, 2048));
  EXPECT_EQ(region_faults({"--before", "777", "--region", "1023", "--after", "555"}), Both(1023, 1023));
  EXPECT_EQ(region_faults({"--region", "0", "--before", "777"}), Both(0, 0)) << "the marks themselves cost no fault";
}

TEST_F(Papi, ARegionEnteredManyTimesAddsUp) {
  EXPECT_EQ(region_faults({"--region", "100", "--entries", "17"}), Both(1700, 1700));
}

// PAPI_start after PAPI_stop would count the threads of earlier entries again.
TEST_F(Papi, ThreadsThatEndedInAnEarlierEntryAreCountedOnce) {
  const auto [papi, ours] = region_faults({"--region", "300", "--entries", "5", "--newer-thread", "256"});
  EXPECT_GE(papi, 5u * 556);
  EXPECT_LE(papi, 5u * (556 + 16));
  EXPECT_NEAR(static_cast<double>(papi), static_cast<double>(ours), 16) << "what a thread's end faults is a race";
}

TEST_F(Papi, ThreadsAndChildrenAreInherited) {
  struct Case {
    std::vector<std::string> arguments;
    std::uint64_t least;
    std::uint64_t slack;
  };
  for (const auto& [arguments, least, slack] : {Case{{"--region", "2048", "--older-thread", "512"}, 2560, 16},
                                                Case{{"--region", "2048", "--newer-thread", "256"}, 2304, 16},
                                                Case{{"--region", "2048", "--fork", "1024"}, 3072, 100},
                                                Case{{"--region", "2048", "--exec", "4096"}, 6144, 200}}) {
    const auto [papi, ours] = region_faults(arguments);
    EXPECT_GE(papi, least) << arguments[2];
    EXPECT_LE(papi, least + slack) << arguments[2];
    EXPECT_NEAR(static_cast<double>(papi), static_cast<double>(ours), 16) << arguments[2];
  }
}

// Ours begin within the exec, PAPI's behind it: the kernel touches a few pages of the new stack and image between.
TEST_F(Papi, TheWholeProcessIsOursButForTheExecItself) {
  for (const char* pages : {"0", "2048", "20000"}) {
    const Sample sample = run(settings(false), {TOUCH_PAGES, "--region", pages});
    const auto papi = value(sample.readings.front());
    const auto ours = value(sample.readings.back());
    EXPECT_GE(papi, std::stoul(pages));
    EXPECT_LE(papi, ours);
    EXPECT_GE(papi + 16, ours);
  }
}

TEST_F(Papi, EverySampleBeginsAtNothing) {
  Launcher launcher(settings(true, {"page-faults", "context-switches"}));
  for (int sample = 0; sample < 30; ++sample) {
    const Sample taken = launcher.launch(TOUCH_PAGES, {TOUCH_PAGES, "--region", "37"});
    EXPECT_EQ(value(taken.readings.front()), 37u) << sample;
  }
}

TEST_F(Papi, OneEventThatFailsCostsOnlyItself) {
  LaunchSettings with_failure = settings(true, {"page-faults", "page-faults", "minor-faults"});
  with_failure.countables[1].by = PapiEvent{.name = "PAPI_TOT_IIS", .preset = true};
  const Sample sample = run(with_failure, {TOUCH_PAGES, "--region", "123"});
  EXPECT_EQ(value(sample.readings[0]), 123u);
  ASSERT_NE(absence(sample.readings[1]), nullptr);
  EXPECT_EQ(absence(sample.readings[1])->reason, AbsenceReason::unsupported);
  EXPECT_EQ(value(sample.readings[2]), 123u);
}

TEST_F(Papi, ModesAreSaidForEachEvent) {
  LaunchSettings both = settings(true, {"page-faults:u", "page-faults:k", "page-faults"});
  const Sample sample = run(both, {TOUCH_PAGES, "--region", "512"});
  EXPECT_EQ(value(sample.readings[0]), 512u) << "touched in user mode";
  EXPECT_EQ(sample.readings[0].privilege, Privilege::user);
  EXPECT_EQ(value(sample.readings[1]), 0u);
  EXPECT_EQ(sample.readings[1].privilege, Privilege::kernel);
  EXPECT_EQ(value(sample.readings[2]), 512u);
}

TEST_F(Papi, PresetsInDifferentModesAreRefused) {
  const PapiEvent user{.name = "PAPI_TOT_INS", .preset = true, .privilege = Privilege::user};
  const PapiEvent both{.name = "PAPI_TOT_CYC", .preset = true};
  EXPECT_THROW(PapiCounters({user, both}), UserError);
  EXPECT_NO_THROW(PapiCounters({user, user, *by_papi("page-faults").event.papi}));
}

TEST_F(Papi, MarksThatDoNotWaitAreToldNotCountedAsZero) {
  const Sample sample =
      run(settings(true), {"/usr/bin/env", "-u", "COUNTERCHECK_HANDSHAKE", TOUCH_PAGES, "--region", "64"});
  EXPECT_EQ(value(sample.readings.back()), 64u);
  ASSERT_NE(absence(sample.readings.front()), nullptr);
  EXPECT_EQ(absence(sample.readings.front())->reason, AbsenceReason::not_marked);
  EXPECT_EQ(absence(sample.readings.front())->sentence,
            "the program's marks do not wait for PAPI: build it again with this countercheck/region.h");
}

TEST_F(Papi, MarksFromAThreadAreToldNotCountedAsZero) {
  const Sample sample = run(settings(true), {TOUCH_PAGES, "--region", "64", "--mark-from-thread", "1"});
  for (const auto& reading : sample.readings) {
    ASSERT_NE(absence(reading), nullptr);
    EXPECT_THAT(absence(reading)->sentence, testing::StartsWith("the region was marked by another thread or process"));
  }
}

TEST_F(Papi, AProgramWithoutMarksHasNoRegion) {
  const Sample sample = run(settings(true), {"/bin/true"});
  ASSERT_NE(absence(sample.readings.front()), nullptr);
  EXPECT_THAT(absence(sample.readings.front())->sentence, testing::StartsWith("the program marked no region"));
}

TEST_F(Papi, WhereTheChildMayNotBeStoppedItIsToldNotCountedAsZero) {
  PapiCount count({*by_papi("page-faults").event.papi}, false);
  count.attach(0, EPERM, false);
  count.finish();
  const auto value = count.value(0, read_access());
  ASSERT_TRUE(std::holds_alternative<Absence>(value));
  EXPECT_EQ(std::get<Absence>(value).reason, AbsenceReason::blocked);
  EXPECT_EQ(
      std::get<Absence>(value).sentence,
      "PAPI attaches to a stopped process, and this system does not let its parent stop it (ptrace: Operation not "
      "permitted); leave PAPI's events away here, or allow it with --cap-add SYS_PTRACE for a container or sudo "
      "sysctl kernel.yama.ptrace_scope=1");
}

TEST_F(Papi, EndingsAreToldApart) {
  EXPECT_EQ(run(settings(true), {MISBEHAVE, "segfault"}).ending, Ending::signalled);
  EXPECT_EQ(run(settings(true), {MISBEHAVE, "exit", "3"}).status, 3);
  EXPECT_EQ(run(settings(true), {"/nowhere/program"}).ending, Ending::not_started);
  LaunchSettings limited = settings(true);
  limited.timeout = std::chrono::milliseconds(200);
  EXPECT_EQ(run(limited, {MISBEHAVE, "hang"}).ending, Ending::timed_out);
}

TEST_F(Papi, TheProgramIsNotTracedAndGetsTheUsualSignals) {
  Launcher launcher(settings(false));
  launcher.launch("/bin/grep", {"grep", "-E", "^(TracerPid|SigBlk|SigIgn)", "/proc/self/status"});
  EXPECT_EQ(launcher.output().last_lines(3), "TracerPid:\t0\nSigBlk:\t0000000000000000\nSigIgn:\t0000000000000000");
}

TEST_F(Papi, OnlyTheMarksDescriptorGoesToTheProgram) {
  for (const bool region : {false, true}) {
    LaunchSettings without = settings(region);
    without.countables.clear();
    Launcher plain(without);
    plain.launch("/bin/ls", {"ls", "/proc/self/fd"});
    const std::string fewer = plain.output().text();
    Launcher launcher(settings(region));
    launcher.launch("/bin/true", {"true"});  // what is open for one sample is closed before the next
    launcher.launch("/bin/ls", {"ls", "/proc/self/fd"});
    const std::string listed = launcher.output().text();
    EXPECT_EQ(std::count(listed.begin(), listed.end(), '\n'),
              std::count(fewer.begin(), fewer.end(), '\n') + (region ? 1 : 0))
        << listed;
  }
}

TEST_F(Papi, ATrialCountsThroughPapi) {
  const Trial trial = try_event(by_papi("page-faults"), true, read_access());
  EXPECT_EQ(trial.reading.source, Source::papi);
  EXPECT_FALSE(trial.dead);
  EXPECT_GE(value(trial.reading), 16u) << "the trial touches sixteen pages";
}

TEST_F(Papi, ItsStateIsFoundByTrying) {
  const PapiStatus status = read_papi_status(read_access());
  EXPECT_NE(status.state, PapiStatus::State::none) << status.sentence;
  if (status.state == PapiStatus::State::software) {
    EXPECT_THAT(status.sentence,
                testing::HasSubstr("perf::PAGE-FAULTS was started and read, PAPI_TOT_INS was not: PAPI cannot count "
                                   "PAPI_TOT_INS"));
  }
}

}  // namespace
}  // namespace countercheck
