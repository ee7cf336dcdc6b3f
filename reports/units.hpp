#pragma once

#include <string>
#include <string_view>

#include "analysis/measure.hpp"

namespace countercheck {

// The unit of a number as a file names it: "count", "ns", "ns per cell update", "%".
std::string unit_name(Measure measure, bool per_item, std::string_view work_item);

}  // namespace countercheck
