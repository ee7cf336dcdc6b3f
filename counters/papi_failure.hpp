#pragma once

#include "counters/absence.hpp"
#include "counters/access.hpp"

namespace countercheck {

// Turns what a call of PAPI returned into the reason and one sentence with the remedy. `attaching` tells that it was
// not about an event but about the process that is to be counted. The meanings are those of papi.h and of the component
// perf_event, which maps the kernel's errors to PAPI's (map_perf_event_errors_to_papi).
Absence explain_papi_failure(int error, const Access& access, bool attaching = false);

}  // namespace countercheck
