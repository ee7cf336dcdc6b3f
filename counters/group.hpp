#pragma once

#include <span>
#include <variant>
#include <vector>

#include "counters/encoding.hpp"
#include "counters/perf_event.hpp"

namespace countercheck {

// What became of a counter: its value, or errno; 0 where it was opened and gave no value.
using CounterOutcome = std::variant<CounterValue, int>;

// The attributes of a counter in a group. Only the leader is switched on and off; the others, which are on from the
// start, go with it, so that all begin at the same moment. Source: perf_event_open(2), group_fd; tools/perf does so.
perf_event_attr group_attributes(const Encoding& encoding, bool leader);

// Opens these on this very task as one group, the first as its leader, does the work with them on, and reads them.
// The kernel puts a group on the PMU as a whole or not at all.
std::vector<CounterOutcome> run_group(std::span<const Encoding> group, void (*work)(),
                                      PerfEventOpen open = perf_event_open);

// Whether a counter was on the PMU for all of the time.
bool ran_throughout(const CounterOutcome& outcome);

}  // namespace countercheck
