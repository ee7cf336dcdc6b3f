#pragma once

#include <string>

#include "experiment/stamp.hpp"

namespace countercheck {

// What a stamp says, the kind first: "exact: 1 for each page, 256 and 1,024 of them, 5 runs each, and 14 besides".
std::string stamp_sentence(const Stamp& stamp);

}  // namespace countercheck
