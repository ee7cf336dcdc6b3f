#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace countercheck {

// A number as some locale prints it: groups of digits with a separator between each two. What a separator means is not
// told by the number alone ("1.234"), so the reader says what it expects.
struct PrintedNumber {
  std::size_t length = 0;  // bytes of the text that it takes
  std::vector<std::string_view> groups{};
  std::vector<std::string_view> separators{};  // one less than groups
};

// At the very beginning of the text, as long as it goes; empty where there is no digit. Separators are comma, point,
// apostrophes, and spaces of several kinds; a plain space only before exactly three digits.
std::optional<PrintedNumber> leading_number(std::string_view text);

// A whole number whose separators group its digits by three, or by two above the last three (India).
std::optional<std::uint64_t> as_count(const PrintedNumber& number);

// The number times 10^decimals, rounded. A comma or point that comes last and once is the decimal one; a number of
// several groups between equal separators is whole. Empty where it makes no sense or does not fit.
std::optional<std::uint64_t> as_scaled(const PrintedNumber& number, unsigned decimals);

// The whole text is one number: "12,34", "0.5". For shares and such, whose digits are few.
std::optional<double> as_real(std::string_view text);

}  // namespace countercheck
