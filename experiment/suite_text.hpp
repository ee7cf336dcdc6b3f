#pragma once

#include <iosfwd>

#include "experiment/suite.hpp"

namespace countercheck {

// Writes a suite as TOML that reads as the same suite. Ranges have become lists.
void put_suite(std::ostream& out, const Suite& suite);

}  // namespace countercheck
