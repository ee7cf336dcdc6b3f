#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace countercheck {

// An event that somebody's list names, with what that list says of it.
struct KnownEvent {
  std::string name{};     // as -e takes it: "skl::L1D:REPLACEMENT", "cpu/cache-misses/", "cache-misses"
  std::string meaning{};  // the list's own words
  std::string whose{};    // "libpfm4", "PAPI", "the kernel", "perf"
  bool here = false;      // its PMU is on this machine

  bool operator==(const KnownEvent&) const = default;
};

// Whether every word of the pattern is in the event's name or meaning, ignoring case.
bool matches(const KnownEvent& event, std::string_view pattern);

// Of libpfm4: the events of the PMUs that are here, or of all that it knows, with a row of its own for each unit mask.
// The numbered copies of a PMU ("skx_unc_cha0" to 27) are given once. Empty `pmu`: any.
std::vector<KnownEvent> libpfm_events(bool of_other_machines, std::string_view pmu = {});

// The names of libpfm4's PMUs, present here or not.
std::vector<std::string> libpfm_pmu_names();

// What libpfm4 says of one event, by its whole name ("skl::L1D"), with its unit masks; empty where it knows none.
std::vector<KnownEvent> libpfm_event(std::string_view name);

// PAPI's presets; here: PAPI maps it to something on this machine.
std::vector<KnownEvent> papi_known_events();

// The events that the kernel names under /sys/bus/event_source/devices, with their terms and their unit.
std::vector<KnownEvent> sysfs_known_events();

// perf's own names.
std::vector<KnownEvent> perf_known_events();

}  // namespace countercheck
