#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "counters/access.hpp"
#include "counters/event.hpp"
#include "counters/perf_event.hpp"

namespace countercheck {

// An event as it can be counted here, settled by opening it once: by a counter, by rusage or a clock, or not at all.
struct Countable {
  Event event;
  std::variant<Encoding, UsageField, Absence> by;  // Encoding: what did open, perhaps with the kernel excluded

  Source source() const;
  Privilege counted_privilege() const;
};

// Tries to open each event on this very task and closes it again. Where the kernel may not be counted: hardware events
// fall back to user mode only; software events to the same count by rusage, or, where user mode alone would always
// read 0, to an absence.
std::vector<Countable> settle(const std::vector<Event>& events, const Access& access,
                              PerfEventOpen open = perf_event_open);

// The reading of one sample. A counter whose value the kernel does not give is absent.
Reading reading_of(const Countable& countable, const CounterValue& value);
Reading reading_of(const Countable& countable, const std::optional<CounterValue>& value);
Reading reading_of(const Countable& countable, const Usage& usage);
Reading absent_reading(const Countable& countable, Absence absence);

}  // namespace countercheck
