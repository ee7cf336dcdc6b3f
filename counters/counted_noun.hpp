#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace countercheck {

// "1 round", "5 rounds", "1,000 passes"; a plural that is not made with s or es is given.
std::string counted_noun(std::uint64_t count, std::string_view noun, std::string_view plural = "");

// "1,204" of "1204", "-12,000" of "-12000".
std::string with_commas(std::string digits);

}  // namespace countercheck
