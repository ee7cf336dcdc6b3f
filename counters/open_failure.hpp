#pragma once

#include "counters/absence.hpp"
#include "counters/access.hpp"
#include "counters/encoding.hpp"

namespace countercheck {

// Turns the errno of perf_event_open(2) into the reason and one sentence with the remedy, for what was being opened
// and what this process may do. The meanings are those of the man page and of kernel/events/core.c.
Absence explain_open_failure(int error, const Encoding& encoding, const Access& access);

// What a hardware event's absence is called where no PMU is shown; also used by the doctor.
Absence no_pmu(const Access& access);

}  // namespace countercheck
