#pragma once

#include <string>
#include <utility>

#include "simulator/attribution.hpp"

namespace countercheck {

// Who made a block of the heap or a mapping, by the call stack: the first frame outside all machinery of allocation and
// its caller. Blocks with the same two are one array to a person. Where there is only machinery, the first frame that
// is no allocator's; an empty second place: nobody called.
using Makers = std::pair<CodePlace, CodePlace>;
Makers makers_of(const ArrayCounts& array);

// "field", "table (static)", "the stack", "made by roll (roll.cpp:12, called from step (roll_add.cpp:40))".
std::string array_name(const ArrayCounts& array);

}  // namespace countercheck
