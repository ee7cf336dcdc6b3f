#include "experiment/launch.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/personality.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <thread>

#include "counters/user_error.hpp"

namespace countercheck {
namespace {

using namespace std::chrono_literals;

// The events that the kernel or rusage must give on every machine where counting is allowed at all.
class Launch : public testing::Test {
 protected:
  static LaunchSettings settings(bool region, const std::string& events = "page-faults,task-clock") {
    auto list = parse_events(events);
    append_constant_events(list);
    LaunchSettings settings;
    settings.countables = settle(list, read_access());
    settings.region = region;
    return settings;
  }

  static Sample run(LaunchSettings settings, std::vector<std::string> command) {
    Launcher launcher(std::move(settings));
    return launcher.launch(command.front(), command);
  }

  static std::uint64_t value(const Sample& sample, const std::string& event) {
    for (const auto& reading : sample.readings) {
      if (reading.event != event) continue;
      if (const auto* why = absence(reading)) ADD_FAILURE() << event << ": " << why->sentence;
      return raw(reading).value_or(0);
    }
    ADD_FAILURE() << event << " is not in the sample";
    return 0;
  }

  static std::uint64_t region_faults(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), TOUCH_PAGES);
    const Sample sample = run(settings(true), arguments);
    EXPECT_EQ(sample.ending, Ending::completed);
    return value(sample, "page-faults");
  }
};

TEST_F(Launch, TheRegionIsExact) {
  EXPECT_EQ(region_faults({"--region", "2048"}), 2048u);
  EXPECT_EQ(region_faults({"--before", "777", "--region", "2048", "--after", "555"}), 2048u)
      << "what is outside the marks is not counted";
  EXPECT_EQ(region_faults({"--region", "0", "--before", "777"}), 0u) << "the marks themselves cost no fault";
}

// 2e8 bytes are 48,828.125 pages of 4 KiB.
TEST_F(Launch, TwoHundredMillionBytesAre48829Pages) {
  EXPECT_EQ(region_faults({"--region", "48829"}), 48'829u);
}

TEST_F(Launch, ARegionEnteredManyTimesAddsUp) {
  EXPECT_EQ(region_faults({"--region", "100", "--entries", "17"}), 1700u);
}

// A thread brings a few faults of its own: its stack, its descriptor.
constexpr std::uint64_t kThreadStart = 16;
// A fork makes pages copy on write, and who writes first is a race.
constexpr std::uint64_t kForkStart = 100;

TEST_F(Launch, AThreadOlderThanTheMarkIsCounted) {
  const auto faults = region_faults({"--region", "2048", "--older-thread", "512"});
  EXPECT_GE(faults, 2560u);
  EXPECT_LE(faults, 2560u + kThreadStart);
}

TEST_F(Launch, AThreadStartedInTheRegionIsCounted) {
  const auto faults = region_faults({"--region", "2048", "--newer-thread", "256"});
  EXPECT_GE(faults, 2304u);
  EXPECT_LE(faults, 2304u + kThreadStart);
}

TEST_F(Launch, AForkedChildIsCounted) {
  const auto faults = region_faults({"--region", "2048", "--fork", "1024"});
  EXPECT_GE(faults, 3072u);
  EXPECT_LE(faults, 3072u + kForkStart);
}

TEST_F(Launch, AnExecdChildIsCounted) {
  const auto faults = region_faults({"--region", "2048", "--exec", "4096"});
  EXPECT_GE(faults, 6144u);
  EXPECT_LE(faults, 6144u + 2 * kForkStart) << "its start-up is part of the region";
}

TEST_F(Launch, TheRegionReportsItsTimeItemsAndDigest) {
  const Sample sample = run(settings(true), {TOUCH_PAGES, "--region", "300", "--entries", "2"});
  EXPECT_EQ(sample.region_entries, 2u);
  EXPECT_EQ(sample.work_items, 600u);
  EXPECT_EQ(sample.digest, (Digest{std::uint64_t{300}, 100.0}));
  EXPECT_GT(value(sample, "wall-time"), 0u);
  EXPECT_GE(value(sample, "wall-time") * 2, value(sample, "task-clock")) << "one thread cannot use two CPUs";
}

TEST_F(Launch, MarksFromAThreadAreToldNotCountedAsZero) {
  const Sample sample = run(settings(true, "page-faults"), {TOUCH_PAGES, "--region", "64", "--mark-from-thread", "1"});
  const Reading& faults = sample.readings.front();
  if (faults.source != Source::kernel) GTEST_SKIP() << "the kernel's counters may not be opened here";
  ASSERT_NE(absence(faults), nullptr);
  EXPECT_EQ(absence(faults)->reason, AbsenceReason::not_marked);
  EXPECT_GT(value(sample, "wall-time"), 0u) << "the clock needs no counter";
}

TEST_F(Launch, AProgramWithoutMarksHasNoRegion) {
  const Sample sample = run(settings(true), {"/bin/true"});
  for (const auto& reading : sample.readings) {
    if (reading.event == "peak-rss") continue;
    ASSERT_NE(absence(reading), nullptr) << reading.event;
    EXPECT_EQ(
        absence(reading)->sentence,
        "the program marked no region: put countercheck_region_begin() and _end() around the work, or leave --region "
        "away");
  }
}

// The whole process is counted from exec on: more pages cost exactly so many more faults. Where randomisation puts the
// loader and the stack decides over a page or two, so it is off here.
TEST_F(Launch, TheWholeProcessDiffersByExactlyThePagesTouched) {
  const int before = personality(0xffffffff);
  if (before < 0 || personality(static_cast<unsigned long>(before) | ADDR_NO_RANDOMIZE) < 0) {
    GTEST_SKIP() << "address randomisation cannot be switched off here";
  }
  const auto faults = [](const char* pages) {
    return value(run(settings(false), {TOUCH_PAGES, "--before", pages}), "page-faults");
  };
  const std::uint64_t start_up = faults("0");
  EXPECT_EQ(faults("0"), start_up) << "the start-up cost is constant";
  EXPECT_EQ(faults("48829") - start_up, 48'829u);
  personality(static_cast<unsigned long>(before));
}

TEST_F(Launch, RusageAndTheKernelAgreeOnTheRegion) {
  LaunchSettings both = settings(true, "minor-faults");
  if (both.countables.front().source() != Source::kernel)
    GTEST_SKIP() << "the kernel's counters may not be opened here";
  both.countables.push_back(both.countables.front());
  both.countables.back().by = UsageField::minor_faults;
  const Sample sample = run(both, {TOUCH_PAGES, "--region", "4321"});
  EXPECT_EQ(raw(sample.readings.front()), 4321u);
  EXPECT_EQ(raw(sample.readings.back()), 4321u);
}

TEST_F(Launch, PeakRssIsTheProgramsOrAbsentNeverOurs) {
  const Sample large = run(settings(false), {TOUCH_PAGES, "--before", "25000"});
  EXPECT_GE(value(large, "peak-rss"), 25000u * 4096);
  EXPECT_LE(value(large, "peak-rss"), 25000u * 4096 + (32U << 20));
  const Sample small = run(settings(false), {"/bin/true"});
  const Reading& rss = small.readings.back();
  if (absence(rss))
    EXPECT_EQ(absence(rss)->reason, AbsenceReason::not_measurable);
  else
    EXPECT_LT(*raw(rss), 8U << 20) << "true needs a few MiB at most";
}

TEST_F(Launch, EndingsAreToldApart) {
  EXPECT_EQ(run(settings(false), {MISBEHAVE, "segfault"}).ending, Ending::signalled);
  EXPECT_EQ(run(settings(false), {MISBEHAVE, "segfault"}).status, SIGSEGV);
  EXPECT_EQ(run(settings(false), {MISBEHAVE, "kill"}).status, SIGKILL);
  EXPECT_EQ(run(settings(false), {MISBEHAVE, "exit", "3"}).ending, Ending::failed);
  EXPECT_EQ(run(settings(false), {MISBEHAVE, "exit", "3"}).status, 3);
  LaunchSettings lenient = settings(false);
  lenient.allow_failure = true;
  EXPECT_EQ(run(lenient, {MISBEHAVE, "exit", "3"}).ending, Ending::completed);
  const Sample missing = run(settings(false), {"/nowhere/program"});
  EXPECT_EQ(missing.ending, Ending::not_started);
  EXPECT_EQ(missing.status, ENOENT);
}

TEST_F(Launch, TheTimeLimitEndsEvenThoseThatWillNotListen) {
  for (const char* how : {"hang", "ignore-term"}) {
    LaunchSettings limited = settings(false);
    limited.timeout = 200ms;
    const auto begun = std::chrono::steady_clock::now();
    const Sample sample = run(limited, {MISBEHAVE, how});
    EXPECT_EQ(sample.ending, Ending::timed_out) << how;
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 30s) << how;
  }
}

TEST_F(Launch, AnInterruptEndsTheSample) {
  Launcher launcher(settings(false));
  std::thread interrupt([] {
    std::this_thread::sleep_for(200ms);
    kill(getpid(), SIGINT);
  });
  const Sample sample = launcher.launch(MISBEHAVE, {MISBEHAVE, "hang"});
  interrupt.join();
  EXPECT_EQ(sample.ending, Ending::interrupted);
  EXPECT_EQ(sample.status, SIGINT);
}

TEST_F(Launch, WhatIsLeftRunningIsEndedAndTold) {
  Launcher launcher(settings(false));
  EXPECT_EQ(launcher.launch(MISBEHAVE, {MISBEHAVE, "leave-running"}).ending, Ending::completed);
  EXPECT_TRUE(launcher.left_processes());
  launcher.launch("/bin/true", {"true"});
  EXPECT_FALSE(launcher.left_processes());
}

TEST_F(Launch, MegabytesOfOutputAreTakenAndTheLastLinesKept) {
  Launcher launcher(settings(false));
  EXPECT_EQ(launcher.launch(MISBEHAVE, {MISBEHAVE, "chatter", "64"}).ending, Ending::completed);
  EXPECT_EQ(launcher.output().last_lines(1), std::string(1023, 'x'));
  launcher.launch(MISBEHAVE, {MISBEHAVE, "exit", "1"});
  EXPECT_EQ(launcher.output().last_lines(5), "first line\nlast words of misbehave");
  EXPECT_EQ(launcher.output().last_lines(1), "last words of misbehave");
}

// SIGPIPE is ignored here as in the command: the program must get the usual course back, and so must its mask.
TEST_F(Launch, TheProgramGetsTheUsualSignals) {
  std::signal(SIGPIPE, SIG_IGN);
  Launcher launcher(settings(false));
  launcher.launch("/bin/grep", {"grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status"});
  EXPECT_EQ(launcher.output().last_lines(2), "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000");
}

TEST_F(Launch, NoDescriptorLeaksIntoTheProgram) {
  Launcher launcher(settings(false));
  // What this test itself inherited goes on to the program; nothing of ours may.
  std::ptrdiff_t inherited = 0;
  for (int descriptor = 0; descriptor < 1024; ++descriptor) {
    const int flags = fcntl(descriptor, F_GETFD);
    if (flags >= 0 && (flags & FD_CLOEXEC) == 0) ++inherited;
  }
  launcher.launch("/bin/ls", {"ls", "/proc/self/fd"});
  const std::string listed = launcher.output().text();
  EXPECT_EQ(std::count(listed.begin(), listed.end(), '\n'), inherited + 1) << "one is ls's own\n" << listed;
}

TEST_F(Launch, WithoutTheMarksTheEnvironmentIsUntouched) {
  setenv("COUNTERCHECK_REGION", "9:9", 1);
  Launcher launcher(settings(false));
  launcher.launch("/usr/bin/env", {"env"});
  EXPECT_EQ(launcher.output().text().find("COUNTERCHECK_REGION"), std::string::npos);
  unsetenv("COUNTERCHECK_REGION");
}

TEST_F(Launch, TheInputIsGivenToEverySample) {
  const std::string file = testing::TempDir() + "countercheck-input";
  std::ofstream(file) << "given\n";
  LaunchSettings with_input = settings(false);
  with_input.input = file;
  Launcher launcher(with_input);
  for (int sample = 0; sample < 2; ++sample) {
    launcher.launch("/bin/cat", {"cat"});
    EXPECT_EQ(launcher.output().text(), "given\n");
  }
  with_input.input = "/nowhere/input";
  EXPECT_THROW(Launcher{with_input}, UserError);
}

TEST_F(Launch, TooManyEventsForOneSampleIsSaid) {
  LaunchSettings many = settings(false, "page-faults");
  if (many.countables.front().source() != Source::kernel)
    GTEST_SKIP() << "the kernel's counters may not be opened here";
  many.countables.resize(300, many.countables.front());
  EXPECT_THROW(run(many, {"/bin/true"}), UserError);
}

TEST_F(Launch, AFullTableOfFilesIsAnAbsenceNotAnEnd) {
  LaunchSettings many = settings(false, "page-faults");
  if (many.countables.front().source() != Source::kernel)
    GTEST_SKIP() << "the kernel's counters may not be opened here";
  many.countables.resize(200, many.countables.front());
  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  const rlimit tight{.rlim_cur = 64, .rlim_max = before.rlim_max};
  setrlimit(RLIMIT_NOFILE, &tight);
  const Sample sample = run(many, {"/bin/true"});
  setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_EQ(sample.ending, Ending::completed);
  EXPECT_NE(raw(sample.readings.front()), std::nullopt);
  ASSERT_NE(absence(sample.readings.back()), nullptr);
  EXPECT_EQ(absence(sample.readings.back())->sentence,
            "this process may open no more files: raise the limit with ulimit -n");
}

}  // namespace
}  // namespace countercheck
