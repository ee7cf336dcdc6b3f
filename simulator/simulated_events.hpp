#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "simulator/counts.hpp"

namespace countercheck {

// How estimated-cycles are made, for whoever shows them. The weights are those of Callgrind's CEst ("cycle estimation"
// in the manuals of callgrind_annotate and KCachegrind): fixed, and no machine's.
inline constexpr std::string_view kEstimatedCycles =
    "estimated-cycles are no time: instructions + 10 x branch misses + 10 x L1 misses (data and code) + 100 x "
    "last-level misses, the formula of Callgrind's CEst";

// Whether the simulator can tell an event of that name at all: one of perf's names that it knows, without a modifier or
// with :u, for it sees user mode only.
bool can_be_simulated(std::string_view event);

// The event's count, or why this run has none ("the machine has no data TLB").
std::variant<std::uint64_t, std::string> simulated_count(std::string_view event, const SimulatedCounts& counts);

// Misses of the last cache level, of all kinds.
std::uint64_t last_level_misses(const SimulatedCounts& counts);

}  // namespace countercheck
