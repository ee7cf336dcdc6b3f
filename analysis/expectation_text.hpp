#pragma once

#include <cstddef>
#include <string>

#include "analysis/expectation.hpp"

namespace countercheck {

// A part of a side, written again so that it reads as the same: "2 * (a.time + \"b c\".time)".
std::string text_of(const Side& side, std::size_t operand);

}  // namespace countercheck
