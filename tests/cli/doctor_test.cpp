#include <gmock/gmock.h>
#include <unistd.h>

#include "tests/cli/tool.hpp"

namespace countercheck {
namespace {

using testing::HasSubstr;

TEST(Doctor, SaysWhatCanBeCountedAndItsStatusAgrees) {
  const Output output = countercheck_with({"doctor"});
  const std::string text = unwrapped(output.out);
  switch (output.status) {
    case 0:
      EXPECT_THAT(text, HasSubstr("Hardware events can be counted here."));
      break;
    case 1:
      EXPECT_THAT(text, HasSubstr("Only software events, rusage and the clock can be counted here."));
      break;
    case 2:
      EXPECT_THAT(text, HasSubstr("Only the clock can be read here."));
      break;
    default:
      FAIL() << output.status << output.err;
  }
  for (const char* subject :
       {"machine", "hardware events", "software events", "rusage and clock", "PMUs", "types of cores", "counters",
        "CPU model", "user and kernel", "seccomp", "NMI watchdog", "PAPI", "caches", "steadiness"}) {
    EXPECT_THAT(output.out, HasSubstr(subject));
  }
  EXPECT_EQ(output.err, "");
}

TEST(Doctor, InAContainerItNamesTheFilterAndTheWayOut) {
  const Output output = run_command({DENY_PERF_EVENT_OPEN, COUNTERCHECK, "doctor"});
  EXPECT_EQ(output.status, 1);
  EXPECT_THAT(unwrapped(output.out),
              HasSubstr("software events part task-clock, page-faults, minor-faults, major-faults, "
                        "context-switches: taken from rusage instead; cpu-migrations: a seccomp filter "
                        "forbids perf_event_open (EPERM), as containers do by default; start the "
                        "container with --security-opt seccomp=unconfined"));
}

TEST(Doctor, AsAPlainUserItNamesTheLevelAndTheCommand) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can become somebody else";
  if (read_file("/proc/sys/kernel/perf_event_paranoid") != "2\n") GTEST_SKIP() << "perf_event_paranoid is not 2";
  const Output output = countercheck_as_nobody({"doctor"});
  EXPECT_THAT(
      unwrapped(output.out),
      HasSubstr("user and kernel user only kernel.perf_event_paranoid is 2: hardware events are counted in user mode "
                "only, software events by rusage; count both with: sudo sysctl kernel.perf_event_paranoid=1"));
}

TEST(Doctor, WithoutAPmuItCountsNoCounters) {
  const Output output = run_command({DENY_PERF_EVENT_OPEN, COUNTERCHECK, "doctor"});
  EXPECT_THAT(unwrapped(output.out), HasSubstr("counters none no hardware event can be counted"));
}

TEST(Doctor, FitsEveryWidth) {
  for (const char* columns : {"20", "40", "80", "200"}) {
    const Output output = countercheck_with({"doctor"}, [&] { setenv("COLUMNS", columns, 1); });
    EXPECT_LE(output.status, 2);
    EXPECT_GT(output.out.size(), 500u);
  }
}

}  // namespace
}  // namespace countercheck
