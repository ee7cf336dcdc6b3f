#include "counters/open_failure.hpp"

#include <gtest/gtest.h>

#include <cerrno>

namespace countercheck {
namespace {

constexpr Encoding kCycles{.type = PERF_TYPE_HARDWARE, .config = PERF_COUNT_HW_CPU_CYCLES};
constexpr Encoding kFaults{.type = PERF_TYPE_SOFTWARE, .config = PERF_COUNT_SW_PAGE_FAULTS};

struct Case {
  const char* name;
  int error;
  Encoding encoding;
  Access access;
  AbsenceReason reason;
  const char* sentence;
};

void PrintTo(const Case& test, std::ostream* out) {
  *out << test.name;
}

Encoding user_only(Encoding encoding) {
  encoding.exclude_kernel = true;
  return encoding;
}

Access with_pmu(Access access = {}) {
  access.cpu_pmus = {"cpu"};
  return access;
}

class OpenFailure : public testing::TestWithParam<Case> {};

TEST_P(OpenFailure, HasItsReasonAndRemedy) {
  const auto& [name, error, encoding, access, reason, sentence] = GetParam();
  const Absence absence = explain_open_failure(error, encoding, access);
  EXPECT_EQ(to_string(absence.reason), to_string(reason));
  EXPECT_EQ(absence.sentence, sentence);
}

INSTANTIATE_TEST_SUITE_P(
    EveryErrno, OpenFailure,
    testing::Values(
        Case{"eacces_2",
             EACCES,
             kCycles,
             {.paranoid = 2},
             AbsenceReason::not_permitted,
             "kernel.perf_event_paranoid is 2, which forbids users to count what the kernel does; allow it with: sudo "
             "sysctl "
             "kernel.perf_event_paranoid=1"},
        Case{"eacces_3",
             EACCES,
             user_only(kCycles),
             {.paranoid = 3},
             AbsenceReason::not_permitted,
             "kernel.perf_event_paranoid is 3, which forbids all counting to users; allow it with: sudo sysctl "
             "kernel.perf_event_paranoid=2"},
        Case{"eacces_4",
             EACCES,
             kFaults,
             {.paranoid = 4},
             AbsenceReason::not_permitted,
             "kernel.perf_event_paranoid is 4, which forbids all counting to users; allow it with: sudo sysctl "
             "kernel.perf_event_paranoid=1"},
        Case{"eacces_1",
             EACCES,
             kCycles,
             {.paranoid = 1},
             AbsenceReason::not_permitted,
             "the kernel does not permit it at kernel.perf_event_paranoid=1: run as root, or give the capability: sudo "
             "setcap "
             "cap_perfmon+ep on the countercheck executable"},
        Case{"eperm_seccomp",
             EPERM,
             kFaults,
             {.paranoid = 2, .seccomp = 2},
             AbsenceReason::blocked,
             "a seccomp filter forbids perf_event_open (EPERM), as containers do by default; start the container with "
             "--security-opt seccomp=unconfined, or a profile that allows the call, and --cap-add PERFMON"},
        Case{"enosys_seccomp",
             ENOSYS,
             kFaults,
             {.paranoid = 2, .seccomp = 2},
             AbsenceReason::blocked,
             "a seccomp filter forbids perf_event_open (ENOSYS), as containers do by default; start the container with "
             "--security-opt seccomp=unconfined, or a profile that allows the call, and --cap-add PERFMON"},
        Case{"enosys",
             ENOSYS,
             kFaults,
             {},
             AbsenceReason::unsupported,
             "this kernel has no perf_event_open: it was built without CONFIG_PERF_EVENTS, or is not Linux's own"},
        Case{"enoent_vm",
             ENOENT,
             kCycles,
             {.hypervisor = "KVM"},
             AbsenceReason::no_pmu,
             "this virtual machine (KVM) shows no PMU; ask for a guest with a virtual PMU, or run on bare metal"},
        Case{"enoent_metal",
             ENOENT,
             kCycles,
             {},
             AbsenceReason::no_pmu,
             "the kernel shows no PMU of the CPU; if the machine has one, its driver is missing or switched off"},
        Case{"enoent_generic", ENOENT, kCycles, with_pmu(), AbsenceReason::unsupported,
             "the PMU of this machine has no such event"},
        Case{"enoent_raw", ENOENT, {.type = PERF_TYPE_RAW, .config = 0x24}, with_pmu(), AbsenceReason::unsupported,
             "the PMU of this machine has no such event (type 4, config 0x24)"},
        Case{"einval",
             EINVAL,
             {.type = PERF_TYPE_RAW, .config = 0x1c2, .config1 = 0x7},
             with_pmu(),
             AbsenceReason::invalid,
             "the kernel refuses this encoding (type 4, config 0x1c2, config1 0x7): check the event's terms"},
        Case{"enospc", ENOSPC, kCycles, with_pmu(), AbsenceReason::out_of_resource,
             "the PMU has not enough counters for it: ask for fewer events at a time"},
        Case{"emfile",
             EMFILE,
             kCycles,
             {},
             AbsenceReason::out_of_resource,
             "this process may open no more files: raise the limit with ulimit -n"},
        Case{"ebusy_watchdog", EBUSY, kCycles, with_pmu({.watchdog = true}), AbsenceReason::busy,
             "the counter is taken, here by the NMI watchdog; free it with: sudo sysctl kernel.nmi_watchdog=0"},
        Case{"ebusy", EBUSY, kCycles, with_pmu(), AbsenceReason::busy,
             "another program holds the counter for itself: stop it and try again"},
        Case{"enodev", ENODEV, kCycles, with_pmu(), AbsenceReason::unsupported,
             "the CPU lacks what this event needs (type 0, config 0x0)"},
        Case{"eopnotsupp", EOPNOTSUPP, kCycles, with_pmu(), AbsenceReason::unsupported,
             "the PMU cannot count this event in this way (type 0, config 0x0): leave its modifiers away"},
        Case{"unforeseen", ESRCH, kCycles, with_pmu(), AbsenceReason::invalid,
             "perf_event_open failed for type 0, config 0x0: No such process"}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace countercheck
