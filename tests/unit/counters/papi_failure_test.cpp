#include "counters/papi_failure.hpp"

#include <gtest/gtest.h>
#include <papi.h>

#include <string>

namespace countercheck {
namespace {

struct Case {
  const char* name;
  int error;
  AbsenceReason reason;
  const char* sentence;
};

void PrintTo(const Case& test, std::ostream* out) {
  *out << test.name;
}

class PapiFailure : public testing::TestWithParam<Case> {};

TEST_P(PapiFailure, HasItsReasonAndRemedy) {
  const auto& [name, error, reason, sentence] = GetParam();
  const Absence absence = explain_papi_failure(error, {.paranoid = 1, .cpu_pmus = {"cpu"}});
  EXPECT_EQ(to_string(absence.reason), to_string(reason));
  EXPECT_EQ(absence.sentence, sentence);
}

INSTANTIATE_TEST_SUITE_P(
    EveryCode, PapiFailure,
    testing::Values(
        Case{"einval", -1, AbsenceReason::invalid,
             "PAPI refuses this event, or the kernel its encoding: check its unit masks, and ask for fewer of PAPI's "
             "events at a time (PAPI_EINVAL)"},
        Case{"enomem", -2, AbsenceReason::out_of_resource,
             "there is no memory left for the counter: close other programs (PAPI_ENOMEM)"},
        Case{"esys", -3, AbsenceReason::busy,
             "the kernel refused a call of PAPI's, most often because the counter is taken: stop other profilers and "
             "the NMI watchdog (sudo sysctl kernel.nmi_watchdog=0) (PAPI_ESYS)"},
        Case{"ecmp", -4, AbsenceReason::unsupported,
             "PAPI's component for this event cannot count in this way: ask for an event of its component perf_event "
             "(PAPI_ECMP)"},
        Case{"eclost", -5, AbsenceReason::busy,
             "PAPI lost the counters to somebody else: stop other profilers and try again (PAPI_ECLOST)"},
        Case{"ebug", -6, AbsenceReason::invalid,
             "PAPI met an error of its own: leave --backend papi away, or try another version of PAPI (PAPI_EBUG)"},
        Case{"enoevnt", -7, AbsenceReason::unsupported,
             "PAPI finds no such event on this machine: papi_native_avail shows those there are (PAPI_ENOEVNT)"},
        Case{"ecnflct", -8, AbsenceReason::out_of_resource,
             "the PMU has not enough free counters for it: ask for fewer of PAPI's events at a time, and stop other "
             "profilers (PAPI_ECNFLCT)"},
        Case{
            "enotrun", -9, AbsenceReason::never_scheduled,
            "PAPI's counters were not running when they were read: the program ended before they could be started; run "
            "it again (PAPI_ENOTRUN)"},
        Case{"eisrun", -10, AbsenceReason::busy,
             "PAPI's counters run already for this process: run countercheck without another user of PAPI around it "
             "(PAPI_EISRUN)"},
        Case{"enoevst", -11, AbsenceReason::invalid,
             "an error of countercheck's own, please report it; leave --backend papi away meanwhile (PAPI_ENOEVST)"},
        Case{"enotpreset", -12, AbsenceReason::unsupported,
             "PAPI has no preset of this name: papi_avail shows those there are (PAPI_ENOTPRESET)"},
        Case{"enocntr", -13, AbsenceReason::no_pmu,
             "PAPI finds no counters in this hardware: ask for the kernel's software events, or let the simulator tell "
             "it (PAPI_ENOCNTR)"},
        Case{"emisc", -14, AbsenceReason::invalid,
             "PAPI does not say why: leave --backend papi away, or try another version of PAPI (PAPI_EMISC)"},
        Case{"eperm", -15, AbsenceReason::not_permitted,
             "the kernel does not permit it at kernel.perf_event_paranoid=1: run as root, or give the capability: sudo "
             "setcap cap_perfmon+ep on the countercheck executable (PAPI_EPERM)"},
        Case{"enoinit", -16, AbsenceReason::unsupported,
             "PAPI could not be initialised: countercheck doctor tells why (PAPI_ENOINIT)"},
        Case{"enocmp", -17, AbsenceReason::unsupported,
             "PAPI was built without the component of this event: install a PAPI that has it (PAPI_ENOCMP)"},
        Case{"enosupp", -18, AbsenceReason::unsupported,
             "the PMU or the kernel cannot count this event in this way: leave its modifiers away (PAPI_ENOSUPP)"},
        Case{"enoimpl", -19, AbsenceReason::unsupported,
             "this PAPI has not got that far: try a newer version of PAPI (PAPI_ENOIMPL)"},
        Case{"ebuf", -20, AbsenceReason::out_of_resource,
             "a buffer of PAPI's is too small: ask for fewer of PAPI's events at a time (PAPI_EBUF)"},
        Case{"einval_dom", -21, AbsenceReason::not_permitted,
             "PAPI cannot count this event in this mode: leave :u or :k away, or allow the kernel to be counted with: "
             "sudo sysctl kernel.perf_event_paranoid=1 (PAPI_EINVAL_DOM)"},
        Case{"eattr", -22, AbsenceReason::invalid,
             "a unit mask of the event is missing or wrong: papi_native_avail -e EVENT shows them (PAPI_EATTR)"},
        Case{"ecount", -23, AbsenceReason::out_of_resource,
             "too many events, or too many files open: ask for fewer of PAPI's events, or raise the limit with ulimit "
             "-n (PAPI_ECOUNT)"},
        Case{"ecombo", -24, AbsenceReason::invalid,
             "these unit masks of the event cannot be combined: papi_native_avail -e EVENT shows them (PAPI_ECOMBO)"},
        Case{"ecmp_disabled", -25, AbsenceReason::unsupported,
             "PAPI's component for this event is disabled here: countercheck doctor tells its reason "
             "(PAPI_ECMP_DISABLED)"},
        Case{
            "edelay_init", -26, AbsenceReason::unsupported,
            "PAPI's component for this event is not yet initialised, and counts the whole machine: ask for an event of "
            "perf_event (PAPI_EDELAY_INIT)"},
        Case{"emulpass", -27, AbsenceReason::out_of_resource,
             "the hardware needs several runs for this event: ask for it alone (PAPI_EMULPASS)"},
        Case{"unheard_of", -99, AbsenceReason::invalid,
             "PAPI failed with an error that countercheck does not know (-99: no name): leave --backend papi away, or "
             "try "
             "another version of PAPI"}),
    [](const auto& test) { return test.param.name; });

// Codes that a newer PAPI has added are told by PAPI's own words, never by nothing.
TEST(PapiFailure, EveryCodeOfThisPapiHasARow) {
  for (int code = 1; code < PAPI_NUM_ERRORS; ++code) {
    const Absence absence = explain_papi_failure(-code, {});
    EXPECT_EQ(absence.sentence.find("does not know"), std::string::npos) << PAPI_strerror(-code);
  }
}

TEST(PapiFailure, PermissionsAreExplainedByTheKernelsLevel) {
  EXPECT_EQ(explain_papi_failure(PAPI_EPERM, {.paranoid = 2, .seccomp = 0}).sentence,
            "kernel.perf_event_paranoid is 2, which forbids users to count what the kernel does; allow it with: sudo "
            "sysctl kernel.perf_event_paranoid=1 (PAPI_EPERM)");
  const Absence filtered = explain_papi_failure(PAPI_EPERM, {.paranoid = 2, .seccomp = 2});
  EXPECT_EQ(filtered.reason, AbsenceReason::blocked);
}

// PAPI 7.0 opens "instructions" before it attaches to anything: without a PMU it counts not even page faults.
TEST(PapiFailure, WithoutAPmuItAttachesToNothing) {
  const Absence absence = explain_papi_failure(PAPI_ENOEVNT, {.hypervisor = "KVM"}, true);
  EXPECT_EQ(absence.reason, AbsenceReason::no_pmu);
  EXPECT_EQ(absence.sentence,
            "PAPI attaches to a process only where instructions can be counted (PAPI_ENOEVNT): this virtual machine "
            "(KVM) shows no PMU; ask for a guest with a virtual PMU, or run on bare metal");
}

}  // namespace
}  // namespace countercheck
