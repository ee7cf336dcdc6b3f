#include "importers/printed_number.hpp"

#include <algorithm>
#include <limits>

namespace countercheck {
namespace {

constexpr std::size_t kMostDigits = 40;  // of a whole number with its decimals; more is no count

// Of UTF-8: no-break space, narrow no-break space (French), thin space, right single quote (Swiss). Of ISO 8859: the
// no-break space as one byte, which in UTF-8 never stands alone.
constexpr std::string_view kSeparators[] = {",",   ".", "'", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "\xE2\x80\x99",
                                            "\xA0"};

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

std::size_t digits_at(std::string_view text) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
}

// The bytes of the separator that the text begins with, or 0.
std::size_t separator_at(std::string_view text) {
  for (const std::string_view separator : kSeparators) {
    if (text.starts_with(separator)) return separator.size();
  }
  return text.starts_with(' ') && digits_at(text.substr(1)) == 3 ? 1 : 0;
}

bool equal_separators(const std::vector<std::string_view>& separators, std::size_t count) {
  return std::all_of(separators.begin(), separators.begin() + static_cast<std::ptrdiff_t>(count),
                     [&](std::string_view separator) { return separator == separators.front(); });
}

// The first `count` groups, as thousands.
bool grouped_by_thousands(const PrintedNumber& number, std::size_t count) {
  if (count == 1) return true;
  if (!equal_separators(number.separators, count - 1)) return false;
  if (number.groups[0].size() > 3 || number.groups[count - 1].size() != 3) return false;
  for (std::size_t at = 1; at + 1 < count; ++at) {
    if (number.groups[at].size() != 3 && number.groups[at].size() != 2) return false;
  }
  return true;
}

std::optional<std::uint64_t> whole(std::string_view digits) {
  std::uint64_t value = 0;
  for (const char digit : digits) {
    const auto next = static_cast<std::uint64_t>(digit - '0');
    if (value > (std::numeric_limits<std::uint64_t>::max() - next) / 10) return std::nullopt;
    value = value * 10 + next;
  }
  return value;
}

std::string joined(const PrintedNumber& number, std::size_t count) {
  std::string digits;
  for (std::size_t at = 0; at < count; ++at) digits += number.groups[at];
  return digits;
}

// How many groups stand before the decimal separator: all, or all but one. Empty: it cannot be said.
std::optional<std::size_t> whole_groups(const PrintedNumber& number) {
  const std::size_t all = number.groups.size();
  if (all == 1) return all;
  const std::string_view last = number.separators.back();
  const bool decimal =
      (last == "," || last == ".") && std::count(number.separators.begin(), number.separators.end(), last) == 1;
  const std::size_t count = decimal ? all - 1 : all;
  return grouped_by_thousands(number, count) ? std::optional(count) : std::nullopt;
}

}  // namespace

std::optional<PrintedNumber> leading_number(std::string_view text) {
  PrintedNumber number;
  std::size_t at = 0;
  while (number.groups.size() <= kMostDigits) {
    const std::size_t digits = digits_at(text.substr(at));
    if (digits == 0) break;
    number.groups.push_back(text.substr(at, digits));
    at += digits;
    number.length = at;
    const std::size_t separator = separator_at(text.substr(at));
    if (separator == 0) break;
    number.separators.push_back(text.substr(at, separator));
    at += separator;
  }
  if (number.groups.empty()) return std::nullopt;
  number.separators.resize(number.groups.size() - 1);  // one that no digit follows is none
  return number;
}

std::optional<std::uint64_t> as_count(const PrintedNumber& number) {
  if (number.length > 2 * kMostDigits || !grouped_by_thousands(number, number.groups.size())) return std::nullopt;
  return whole(joined(number, number.groups.size()));
}

std::optional<std::uint64_t> as_scaled(const PrintedNumber& number, unsigned decimals) {
  if (number.length > 2 * kMostDigits) return std::nullopt;
  const auto before = whole_groups(number);
  if (!before) return std::nullopt;
  std::string digits = joined(number, *before);
  std::string fraction(*before < number.groups.size() ? number.groups.back() : "");
  fraction.resize(std::max<std::size_t>(fraction.size(), decimals + 1), '0');
  digits += fraction.substr(0, decimals);
  const auto value = whole(digits);
  const std::uint64_t up = fraction[decimals] >= '5' ? 1 : 0;
  if (!value || *value > std::numeric_limits<std::uint64_t>::max() - up) return std::nullopt;
  return *value + up;
}

std::optional<double> as_real(std::string_view text) {
  const auto number = leading_number(text);
  if (!number || number->length != text.size()) return std::nullopt;
  const auto scaled = as_scaled(*number, 9);
  if (!scaled) return std::nullopt;
  return static_cast<double>(*scaled) / 1e9;
}

}  // namespace countercheck
