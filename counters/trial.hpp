#pragma once

#include <string>

#include "counters/access.hpp"
#include "counters/countable.hpp"

namespace countercheck {

// A name that resolves is not an event that counts: what came of opening an event on this task, doing a little of
// everything, and reading it.
struct Trial {
  Reading reading;
  // It opened, ran and read 0 although the work surely raises it: the counter is dead.
  bool dead = false;
};

// `surely` tells whether the little work (arithmetic, touching fresh pages, a sleep) must raise this event.
Trial try_event(const std::string& name, bool surely, const Access& access, PerfEventOpen open = perf_event_open);
Trial try_event(const Countable& countable, bool surely, const Access& access, PerfEventOpen open = perf_event_open);

}  // namespace countercheck
