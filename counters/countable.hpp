#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "counters/access.hpp"
#include "counters/event.hpp"
#include "counters/perf_event.hpp"

namespace countercheck {

// An event as it can be counted here, settled by opening it once: by a counter, by rusage or a clock, by PAPI, or not
// at all.
struct Countable {
  Event event;
  // Encoding, PapiEvent: what did open, perhaps with the kernel excluded
  std::variant<Encoding, UsageField, Absence, PapiEvent> by;
  std::optional<Absence> not_by_papi{};  // why PAPI does not count what it was to

  Source source() const;
  Privilege counted_privilege() const;
};

// Tries to open each event on this very task and closes it again. Where the kernel may not be counted: hardware events
// fall back to user mode only; software events to the same count by rusage, or, where user mode alone would always
// read 0, to an absence.
std::vector<Countable> settle(const std::vector<Event>& events, const Access& access,
                              PerfEventOpen open = perf_event_open);

// The reading of one sample.
Reading reading_of(const Countable& countable, const CounterValue& value);
Reading reading_of(const Countable& countable, const Usage& usage);
Reading reading_by_papi(const Countable& countable, std::uint64_t value);
Reading absent_reading(const Countable& countable, Absence absence);

}  // namespace countercheck
