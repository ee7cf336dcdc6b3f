#include "counters/papi_failure.hpp"

#include <fmt/format.h>
#include <papi.h>

#include <algorithm>
#include <cerrno>
#include <iterator>

#include "counters/open_failure.hpp"

namespace countercheck {
namespace {

struct Row {
  int error;
  const char* name;
  AbsenceReason reason;
  const char* sentence;
};

constexpr const char* kOurs = "an error of countercheck's own, please report it; leave --backend papi away meanwhile";

constexpr Row kRows[] = {
    {PAPI_EINVAL, "PAPI_EINVAL", AbsenceReason::invalid,
     "PAPI refuses this event, or the kernel its encoding: check its unit masks, and ask for fewer of PAPI's events at "
     "a time"},
    {PAPI_ENOMEM, "PAPI_ENOMEM", AbsenceReason::out_of_resource,
     "there is no memory left for the counter: close other programs"},
    {PAPI_ESYS, "PAPI_ESYS", AbsenceReason::busy,
     "the kernel refused a call of PAPI's, most often because the counter is taken: stop other profilers and the NMI "
     "watchdog (sudo sysctl kernel.nmi_watchdog=0)"},
    {PAPI_ECMP, "PAPI_ECMP", AbsenceReason::unsupported,
     "PAPI's component for this event cannot count in this way: ask for an event of its component perf_event"},
    {PAPI_ECLOST, "PAPI_ECLOST", AbsenceReason::busy,
     "PAPI lost the counters to somebody else: stop other profilers and try again"},
    {PAPI_EBUG, "PAPI_EBUG", AbsenceReason::invalid,
     "PAPI met an error of its own: leave --backend papi away, or try another version of PAPI"},
    {PAPI_ENOEVNT, "PAPI_ENOEVNT", AbsenceReason::unsupported,
     "PAPI finds no such event on this machine: papi_native_avail shows those there are"},
    {PAPI_ECNFLCT, "PAPI_ECNFLCT", AbsenceReason::out_of_resource,
     "the PMU has not enough free counters for it: ask for fewer of PAPI's events at a time, and stop other profilers"},
    {PAPI_ENOTRUN, "PAPI_ENOTRUN", AbsenceReason::never_scheduled,
     "PAPI's counters were not running when they were read: the program ended before they could be started; run it "
     "again"},
    {PAPI_EISRUN, "PAPI_EISRUN", AbsenceReason::busy,
     "PAPI's counters run already for this process: run countercheck without another user of PAPI around it"},
    {PAPI_ENOEVST, "PAPI_ENOEVST", AbsenceReason::invalid, kOurs},
    {PAPI_ENOTPRESET, "PAPI_ENOTPRESET", AbsenceReason::unsupported,
     "PAPI has no preset of this name: papi_avail shows those there are"},
    {PAPI_ENOCNTR, "PAPI_ENOCNTR", AbsenceReason::no_pmu,
     "PAPI finds no counters in this hardware: ask for the kernel's software events, or let the simulator tell it"},
    {PAPI_EMISC, "PAPI_EMISC", AbsenceReason::invalid,
     "PAPI does not say why: leave --backend papi away, or try another version of PAPI"},
    {PAPI_ENOINIT, "PAPI_ENOINIT", AbsenceReason::unsupported,
     "PAPI could not be initialised: countercheck doctor tells why"},
    {PAPI_ENOCMP, "PAPI_ENOCMP", AbsenceReason::unsupported,
     "PAPI was built without the component of this event: install a PAPI that has it"},
    {PAPI_ENOSUPP, "PAPI_ENOSUPP", AbsenceReason::unsupported,
     "the PMU or the kernel cannot count this event in this way: leave its modifiers away"},
    {PAPI_ENOIMPL, "PAPI_ENOIMPL", AbsenceReason::unsupported,
     "this PAPI has not got that far: try a newer version of PAPI"},
    {PAPI_EBUF, "PAPI_EBUF", AbsenceReason::out_of_resource,
     "a buffer of PAPI's is too small: ask for fewer of PAPI's events at a time"},
    {PAPI_EINVAL_DOM, "PAPI_EINVAL_DOM", AbsenceReason::not_permitted,
     "PAPI cannot count this event in this mode: leave :u or :k away, or allow the kernel to be counted with: sudo "
     "sysctl kernel.perf_event_paranoid=1"},
    {PAPI_EATTR, "PAPI_EATTR", AbsenceReason::invalid,
     "a unit mask of the event is missing or wrong: papi_native_avail -e EVENT shows them"},
    {PAPI_ECOUNT, "PAPI_ECOUNT", AbsenceReason::out_of_resource,
     "too many events, or too many files open: ask for fewer of PAPI's events, or raise the limit with ulimit -n"},
    {PAPI_ECOMBO, "PAPI_ECOMBO", AbsenceReason::invalid,
     "these unit masks of the event cannot be combined: papi_native_avail -e EVENT shows them"},
    {PAPI_ECMP_DISABLED, "PAPI_ECMP_DISABLED", AbsenceReason::unsupported,
     "PAPI's component for this event is disabled here: countercheck doctor tells its reason"},
#ifdef PAPI_EDELAY_INIT  // since PAPI 7.0
    {PAPI_EDELAY_INIT, "PAPI_EDELAY_INIT", AbsenceReason::unsupported,
     "PAPI's component for this event is not yet initialised, and counts the whole machine: ask for an event of "
     "perf_event"},
    {PAPI_EMULPASS, "PAPI_EMULPASS", AbsenceReason::out_of_resource,
     "the hardware needs several runs for this event: ask for it alone"},
#endif
};

}  // namespace

Absence explain_papi_failure(int error, const Access& access, bool attaching) {
  // PAPI tells EPERM and EACCES not apart; the kernel's own rules do.
  constexpr Encoding kInstructions{.type = PERF_TYPE_HARDWARE, .config = PERF_COUNT_HW_INSTRUCTIONS};
  if (error == PAPI_EPERM) {
    Absence why = explain_open_failure(EPERM, kInstructions, access);
    why.sentence += " (PAPI_EPERM)";
    return why;
  }
  if (error == PAPI_ENOEVNT && attaching) {
    // perf_event.c, check_permissions: whatever is to be counted, PAPI first opens "instructions".
    Absence why = explain_open_failure(ENOENT, kInstructions, access);
    why.sentence = "PAPI attaches to a process only where instructions can be counted (PAPI_ENOEVNT): " + why.sentence;
    return why;
  }
  const auto* const row =
      std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& candidate) { return candidate.error == error; });
  if (row == std::end(kRows)) {
    return {
        AbsenceReason::invalid,
        fmt::format("PAPI failed with an error that countercheck does not know ({}: {}): leave --backend papi away, or "
                    "try another version of PAPI",
                    error, PAPI_strerror(error) ? PAPI_strerror(error) : "no name")};
  }
  return {row->reason, fmt::format("{} ({})", row->sentence, row->name)};
}

}  // namespace countercheck
