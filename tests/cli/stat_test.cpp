#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/personality.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "tests/cli/tool.hpp"

namespace countercheck {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::StartsWith;

double count_of(const std::string& block, const std::string& event) {
  const auto lines = lines_with(block, event);
  return lines.empty() ? -1 : first_number(lines.front());
}

void without_randomisation() {
  personality(ADDR_NO_RANDOMIZE);
}

TEST(Stat, RegionModeCountsThePagesExactly) {
  const Output output = countercheck_with(
      {"stat", "--region", "-e", "page-faults", "--", TOUCH_PAGES, "--before", "1000", "--region", "48829"});
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_EQ(count_of(output.out, "page-faults"), 48829);
  EXPECT_EQ(output.err, "") << "no progress in a pipe";
}

TEST(Stat, WholeProcessModeCountsThemOverAConstantStartUp) {
  const auto faults = [](const char* pages) {
    const Output output =
        countercheck_with({"stat", "-e", "page-faults", "--", TOUCH_PAGES, "--before", pages}, without_randomisation);
    return count_of(output.out, "page-faults");
  };
  const double start_up = faults("0");
  EXPECT_GT(start_up, 10);
  EXPECT_EQ(faults("0"), start_up);
  EXPECT_EQ(faults("48829") - start_up, 48829);
}

// perf is an independent tool for the same kernel counters.
TEST(Stat, AgreesWithPerfOnPageFaults) {
  const auto perf =
      run_command({"perf", "stat", "-x,", "-e", "page-faults", TOUCH_PAGES, "--before", "4321"}, without_randomisation);
  if (perf.status != 0) GTEST_SKIP() << "perf does not run here: " << perf.err;
  const Output ours =
      countercheck_with({"stat", "-e", "page-faults", "--", TOUCH_PAGES, "--before", "4321"}, without_randomisation);
  // Where the kernel may not be counted, perf leaves out the faults taken in system calls, and we take all from rusage.
  if (unwrapped(ours.out).find("told by rusage") != std::string::npos)
    GTEST_SKIP() << "perf counts user mode only here";
  EXPECT_EQ(count_of(ours.out, "page-faults"), first_number(perf.err));
}

// Passes are for counters of the PMU: what the kernel counts is counted in one run, whichever is asked.
TEST(Stat, WhatNeedsNoCounterOfThePmuNeedsNoPasses) {
  const TemporaryFolder folder;
  for (const bool multiplex : {false, true}) {
    Words words{"stat", "--region", "-e", "page-faults,minor-faults", "-o", folder / "results.json"};
    if (multiplex) words.emplace_back("--multiplex");
    words.insert(words.end(), {"--", TOUCH_PAGES, "--region", "321"});
    const Output output = countercheck_with(words);
    ASSERT_EQ(output.status, 0) << output.err;
    EXPECT_EQ(count_of(output.out, "page-faults"), 321);
    EXPECT_EQ(count_of(output.out, "minor-faults"), 321);
    EXPECT_THAT(read_file(folder / "results.json"), testing::Not(HasSubstr("event_passes")));
  }
}

TEST(Stat, TopDownIsOneNameForWhatTheMachineHas) {
  const Output output = countercheck_with({"stat", "--source", "measured", "-e", "topdown", "--", "/bin/true"});
  ASSERT_EQ(output.status, 0) << output.err;
  if (!lines_with(output.out, "retiring").empty()) GTEST_SKIP() << "this machine has top-down events";
  EXPECT_THAT(unwrapped(output.out),
              HasSubstr("top-down events are those of Intel's cores since Ice Lake, which the kernel "
                        "names under /sys/bus/event_source/devices, and of AMD's since Zen 4: "
                        "this machine shows neither"));
}

TEST(Stat, AnEmptyListOfEventsIsNoDefault) {
  const Output output = countercheck_with({"stat", "-e", "", "--", "true"});
  EXPECT_EQ(output.status, 3);
  EXPECT_EQ(output.err, "countercheck: the list of events '' has an empty name: write -e a,b,c\n");
}

TEST(Stat, TheCommandNeedsNoDashes) {
  const Output output = countercheck_with({"stat", "-e", "page-faults", "sh", "-c", "exit 0"});
  EXPECT_EQ(output.status, 0) << output.err;
  EXPECT_THAT(output.out, StartsWith(" Counts for 'sh -c 'exit 0''"));
}

TEST(Stat, RowsThatCannotBeCountedStayWithTheirReason) {
  const Output output = countercheck_with({"stat", "--source", "measured", "--", "true"});
  ASSERT_EQ(output.status, 0);
  for (const char* event : {"cycles", "stalled-cycles-frontend", "stalled-cycles-backend", "instructions",
                            "cache-references", "cache-misses", "branches", "branch-misses", "task-clock",
                            "page-faults", "minor-faults", "major-faults", "context-switches", "cpu-migrations"}) {
    EXPECT_FALSE(lines_with(output.out, event).empty()) << event;
  }
  if (lines_with(output.out, "<no PMU>").empty()) GTEST_SKIP() << "this machine has a PMU";
  EXPECT_THAT(lines_with(output.out, "instructions").front(), HasSubstr("<no PMU>"));
  EXPECT_THAT(output.out, HasSubstr("[1] "));
}

TEST(Stat, AFailingCommandIsToldWithItsLastLines) {
  const Output output = countercheck_with({"stat", "-e", "page-faults", "--", MISBEHAVE, "exit", "3"});
  EXPECT_EQ(output.status, 6);
  EXPECT_THAT(output.err,
              MatchesRegex("countercheck: " MISBEHAVE " exit 3 failed with exit status 3; its output is in "
                           ".*/countercheck-output-[0-9]+-[0-9]+.txt, the last lines are:\nfirst line\nlast "
                           "words of misbehave\n"));
  const auto begin = output.err.find("is in ") + 6;
  const std::string file = output.err.substr(begin, output.err.find(", the last") - begin);
  EXPECT_EQ(read_file(file), "first line\nlast words of misbehave\n");
  unlink(file.c_str());
}

TEST(Stat, ANonZeroStatusMayBeAllowed) {
  const Output output = countercheck_with({"stat", "-i", "-e", "page-faults", "--", MISBEHAVE, "exit", "3"});
  EXPECT_EQ(output.status, 0);
  EXPECT_GT(count_of(output.out, "page-faults"), 0);
}

TEST(Stat, EveryEndingHasItsSentenceAndStatus) {
  struct Case {
    Words command;
    int status;
    std::string sentence;
  };
  TemporaryFolder folder;
  write_file(folder / "plain", "text");
  write_file(folder / "script", "echo no interpreter\n", 0755);
  for (const auto& [command, status, sentence] : {
           Case{{MISBEHAVE, "segfault"}, 6, MISBEHAVE " segfault was killed by signal 11 (Segmentation fault)"},
           Case{{MISBEHAVE, "kill"}, 6, MISBEHAVE " kill was killed by signal 9 (Killed)"},
           Case{{"/nowhere/x"}, 5, "there is no program '/nowhere/x': check its name, or give its path"},
           Case{{"no-such-program"}, 5, "there is no program 'no-such-program': check its name, or give its path"},
           Case{{"sleep 1"},
                5,
                "there is no program 'sleep 1': no shell is used, so give the command as separate words, or write sh "
                "-c '…'"},
           Case{{folder / "plain"},
                5,
                "'" + (folder / "plain") + "' is not executable: chmod +x makes it so, if it is a program"},
           Case{{folder / "script"},
                5,
                "'" + (folder / "script") +
                    "' is neither a program for this machine nor a script that begins with #!: a script "
                    "without that line needs its interpreter named, as in sh " +
                    (folder / "script")},
       }) {
    Words words = {"stat", "-r", "2", "-e", "page-faults", "--"};
    words.insert(words.end(), command.begin(), command.end());
    const Output output = countercheck_with(words);
    EXPECT_EQ(output.status, status) << sentence;
    EXPECT_EQ(output.err, "countercheck: " + sentence + "\n");
  }
}

TEST(Stat, TheTimeLimitEndsAHangingCommand) {
  const Output output = countercheck_with({"stat", "--timeout", "0.3", "--", MISBEHAVE, "hang"});
  EXPECT_EQ(output.status, 7);
  EXPECT_EQ(output.err, "countercheck: " MISBEHAVE " hang was ended after the time limit of 0.3 s\n");
}

TEST(Stat, SignalsEndItInOrderAndLeaveNoProcess) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    TemporaryFolder folder;
    const std::string pid_file = folder / "pid";
    Running running({COUNTERCHECK, "stat", "-o", folder / "results.json", "-e", "page-faults", "--", "sh", "-c",
                     "echo $$ > " + pid_file + "; exec sleep 1000"});
    while (read_file(pid_file).empty()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    kill(running.pid(), signal);
    EXPECT_EQ(running.wait().status, 128 + signal);
    EXPECT_NE(kill(std::stoi(read_file(pid_file)), 0), 0) << "the measured command went on";
  }
}

TEST(Stat, KilledItselfItLeavesNoProcess) {
  TemporaryFolder folder;
  const std::string pid_file = folder / "pid";
  Running running({COUNTERCHECK, "stat", "--", "sh", "-c", "echo $$ > " + pid_file + "; exec sleep 1000"});
  while (read_file(pid_file).empty()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  const pid_t measured = std::stoi(read_file(pid_file));
  kill(running.pid(), SIGKILL);
  running.wait();
  // Its parent is gone: whoever adopts it reaps it a moment later.
  for (int i = 0;
       i < 400 && read_file("/proc/" + std::to_string(measured) + "/status").find("State:\tS") != std::string::npos;
       ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_EQ(read_file("/proc/" + std::to_string(measured) + "/status").find("State:\tS"), std::string::npos);
}

TEST(Stat, OutputIsKeptApartUnlessShown) {
  EXPECT_THAT(countercheck_with({"stat", "-e", "page-faults", "--", "echo", "hello"}).out, Not(HasSubstr("hello\n")));
  EXPECT_THAT(countercheck_with({"stat", "-e", "page-faults", "--show-output", "--", "echo", "hello"}).out,
              StartsWith("hello\n"));
  EXPECT_EQ(countercheck_with({"stat", "--quiet", "--", "echo", "hello"}).out, "");
}

TEST(Stat, StandardOutputThatCannotBeWrittenIsSaid) {
  const Words words = {"stat", "-e", "page-faults", "--", "true"};
  const auto expect_said = [](const Output& output, const std::string& why) {
    EXPECT_EQ(output.status, 8);
    EXPECT_EQ(output.err, "countercheck: standard output could not be written: " + why +
                              "; results can be kept in a file with -o and printed again with countercheck report\n");
  };
  expect_said(countercheck_with(words, [] { close(STDOUT_FILENO); }), "Bad file descriptor");
  expect_said(countercheck_with(words, [] { dup2(open("/dev/full", O_WRONLY), STDOUT_FILENO); }),
              "No space left on device");
  expect_said(countercheck_with(words,
                                [] {
                                  int ends[2];
                                  if (pipe(ends) != 0) _exit(1);
                                  close(ends[0]);
                                  dup2(ends[1], STDOUT_FILENO);
                                }),
              "Broken pipe");
}

TEST(Stat, AllDescriptorsClosedHarmsNoResults) {
  TemporaryFolder folder;
  const std::string file = folder / "results.json";
  const Output output = countercheck_with({"stat", "-q", "-o", file, "-e", "page-faults", "--", "true"}, [] {
    for (const int descriptor : {0, 1, 2}) close(descriptor);
  });
  EXPECT_EQ(output.status, 0);
  EXPECT_THAT(read_file(file), StartsWith("{\"baseline\""));
}

// As a container engine's default profile has it.
TEST(Stat, WhereTheCallIsForbiddenRusageAndClockRemain) {
  const Output output = run_command({DENY_PERF_EVENT_OPEN, COUNTERCHECK, "stat", "-e",
                                     "cycles,page-faults,cpu-migrations", "--", TOUCH_PAGES, "--before", "5000"});
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_GE(count_of(output.out, "page-faults"), 5000);
  EXPECT_THAT(lines_with(output.out, "cycles").front(), HasSubstr("<blocked>"));
  EXPECT_THAT(lines_with(output.out, "cpu-migrations").front(), HasSubstr("<blocked>"));
  EXPECT_THAT(output.out, HasSubstr("seccomp=unconfined"));
  EXPECT_THAT(unwrapped(output.out), HasSubstr("told by rusage, since the kernel's own counter may not be opened here: "
                                               "countercheck doctor says why"));
}

TEST(Stat, WhereTheCallIsForbiddenTheRegionIsStillExact) {
  const Output output = run_command({DENY_PERF_EVENT_OPEN, COUNTERCHECK, "stat", "--region", "-e", "minor-faults", "--",
                                     TOUCH_PAGES, "--before", "99", "--region", "3210"});
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_EQ(count_of(output.out, "minor-faults"), 3210);
}

TEST(Stat, AsAPlainUserAtParanoid2SoftwareEventsComeFromRusage) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can become somebody else";
  if (read_file("/proc/sys/kernel/perf_event_paranoid") != "2\n") GTEST_SKIP() << "perf_event_paranoid is not 2";
  // dd takes its block of 20 MiB from fresh pages.
  const Output output = countercheck_as_nobody({"stat", "-e", "page-faults,cpu-migrations,context-switches", "--", "dd",
                                                "if=/dev/zero", "of=/dev/null", "bs=20M", "count=1"});
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_GE(count_of(output.out, "page-faults"), 5000);
  EXPECT_THAT(lines_with(output.out, "cpu-migrations").front(), HasSubstr("<not permitted>"));
  EXPECT_THAT(output.out, HasSubstr("sudo sysctl"));
}

TEST(Stat, WhatTheCommandLeavesRunningIsTold) {
  const Output output = countercheck_with({"stat", "-e", "page-faults", "--", MISBEHAVE, "leave-running"});
  EXPECT_EQ(output.status, 0);
  EXPECT_THAT(unwrapped(output.out),
              HasSubstr(MISBEHAVE " left processes running when it ended; they were ended before the next sample"));
}

}  // namespace
}  // namespace countercheck
