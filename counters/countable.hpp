#pragma once

#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "counters/access.hpp"
#include "counters/event.hpp"
#include "counters/perf_event.hpp"

namespace countercheck {

// On a machine with several types of cores: the counter for those of one type, or why their PMU has none.
struct CoreCounter {
  std::string pmu{};
  std::variant<Encoding, Absence> by{};
};

// An event as it can be counted here, settled by opening it once: by a counter, by rusage or a clock, by PAPI, or not
// at all.
struct Countable {
  Event event;
  // Encoding, PapiEvent: what did open, perhaps with the kernel excluded
  std::variant<Encoding, UsageField, Absence, PapiEvent> by;
  std::vector<CoreCounter> cores{};      // of a hybrid machine: `by` is the first of them that did open
  std::optional<Absence> not_by_papi{};  // why PAPI does not count what it was to

  Source source() const;
  Privilege counted_privilege() const;
};

// Tries to open each event on this very task and closes it again. Where the kernel may not be counted: hardware events
// fall back to user mode only; software events to the same count by rusage, or, where user mode alone would always
// read 0, to an absence. On a hybrid machine an event is opened on the PMU of each type of core.
std::vector<Countable> settle(const std::vector<Event>& events, const Access& access,
                              PerfEventOpen open = perf_event_open);

// What a counter gave in a sample, or why it gave nothing.
using Counted = std::variant<CounterValue, Absence>;

// Whether a value is a count: not of a counter that never ran, nor a 0 of one that ran for a moment only.
bool is_count(const CounterValue& value);

// The reading of one sample. A counter whose value the kernel does not give is absent.
Reading reading_of(const Countable& countable, const CounterValue& value);
Reading reading_of(const Countable& countable, const std::optional<CounterValue>& value);
Reading reading_of(const Countable& countable, const Usage& usage);
Reading reading_by_papi(const Countable& countable, std::uint64_t value);
Reading absent_reading(const Countable& countable, Absence absence);

// Of a hybrid machine, from each of countable.cores and the time that the tasks spent on cores of its type (ns): the
// sum, whose coverage is that of all the time that they ran, or, for an event of one PMU, that they ran on its cores.
// What a PMU cannot count is missing in the coverage if the tasks ran there, and is nothing at all if they did not.
Reading reading_of(const Countable& countable, std::span<const Counted> counted, std::span<const std::uint64_t> there);

}  // namespace countercheck
