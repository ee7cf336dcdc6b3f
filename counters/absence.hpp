#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace countercheck {

// Why a reading could not be taken. Each reason has a short form that stands in a table cell in place of the number.
enum class AbsenceReason {
  no_pmu,           // the machine shows no PMU: ENOENT for every hardware event
  unsupported,      // this PMU or kernel does not have the event
  not_permitted,    // perf_event_paranoid or a missing capability
  blocked,          // a seccomp filter or the container's policy forbids the call
  busy,             // the counter is taken (NMI watchdog, another user with exclusive access)
  out_of_resource,  // too many open files, no counter left, no memory
  invalid,          // the kernel refuses this encoding
  never_scheduled,  // opened, but never on the PMU: time running is 0
  not_marked,       // a region was asked for and the program marked none, or marked it from another task
  not_measurable,   // the source cannot give this value here (peak RSS below the launcher's own)
  unlike,           // a quotient of readings that do not count the same kind of thing
  no_sample,        // the process did not run to its end
  not_simulated,    // the simulator could not take this program, or lost a process of it
  other_pass,       // this sample was of another pass: the event is counted in other samples
  not_told,         // the imported file says nothing of it
};

// What stands in place of a value: the reason, and one sentence with the way out for a person.
struct Absence {
  AbsenceReason reason{};
  std::string sentence{};

  bool operator==(const Absence&) const = default;
};

std::string_view to_string(AbsenceReason reason);  // stored: "no_pmu"
std::optional<AbsenceReason> absence_reason_from(std::string_view name);
std::string_view short_form(AbsenceReason reason);  // shown: "<no PMU>"

}  // namespace countercheck
