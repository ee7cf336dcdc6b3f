#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "counters/absence.hpp"
#include "counters/encoding.hpp"
#include "counters/papi_event.hpp"
#include "counters/reading.hpp"
#include "counters/sysfs_pmu.hpp"
#include "counters/usage.hpp"

namespace countercheck {

// What can be counted, by name: resolved and encoded, not yet opened.
struct Event {
  std::string name{};  // perf's name where there is one, else as asked; with its modifier
  Unit unit = Unit::count;
  bool in_kernel = false;             // see NamedEvent
  bool simulated_only = false;        // no counter of any machine gives it
  std::optional<UsageField> usage{};  // the same count without a counter
  // How it is counted; none for what needs no counter; an absence for an event of another machine's PMU.
  std::variant<std::monostate, Encoding, Absence> encoding{};
  bool of_one_pmu = false;           // asked of one PMU by name, which on a hybrid machine has cores of one type only
  std::optional<Encoding> leader{};  // counts in a group that this leads, and nowhere else
  bool leads = false;                // is such a leader: must be the first of its group
  std::optional<PapiEvent> papi{};   // how PAPI is to count it, where it is to
};

// Whether nobody but PAPI knows this event.
bool only_by_papi(const Event& event);

// Resolves one name: perf's (with :u, :k), rNNN, pmu/term=value,…/, a native name of libpfm4, or a name that only PAPI
// knows. Throws UserError with the nearest name for one that nobody knows.
Event parse_event(std::string_view name, const std::filesystem::path& event_sources = kEventSources);

// A list as perf takes it: separated by commas, commas between slashes belong to the event. Doubles are dropped;
// "topdown" stands for several (see topdown.hpp), and an event that needs a leader brings it along.
std::vector<Event> parse_events(std::string_view list, const std::filesystem::path& event_sources = kEventSources);

// Who is to count what both the kernel and PAPI can.
enum class Backend {
  automatic,  // the kernel; PAPI what only PAPI knows
  perf,       // the kernel; what only PAPI knows is refused with a UserError
  papi,       // PAPI, whatever it has a name for
};
void choose_backend(Backend backend, std::vector<Event>& events);

// The defaults, and the constant events that every sample carries.
std::vector<Event> default_event_list();
void append_constant_events(std::vector<Event>& events);

// With every hardware event that names no privilege replaced by its two halves, :u and :k.
std::vector<Event> split_by_privilege(const std::vector<Event>& events);

}  // namespace countercheck
