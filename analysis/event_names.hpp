#pragma once

#include <string>
#include <string_view>

#include "counters/reading.hpp"

namespace countercheck {

// What every sample has that was measured: how long it took, by the clock.
inline constexpr std::string_view kWallTime = "wall-time";

// An event's name without its modifiers: "cycles:u" is "cycles", "skl::L1D:REPLACEMENT:u" is "skl::L1D:REPLACEMENT".
std::string_view base_name(std::string_view event);

// The name a reading is shown by. An event asked for without a level that was counted in user mode only, as
// perf_event_paranoid 2 imposes, gets its ":u": a count of another thing must not stand under the plain name. What a
// clock or rusage told has no level, and what was simulated is said to be of user mode where the machine is named.
std::string event_label(std::string_view event, Source source, Privilege privilege);

}  // namespace countercheck
