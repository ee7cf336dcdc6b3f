#include "counters/counted_noun.hpp"

#include <fmt/format.h>

namespace countercheck {

std::string counted_noun(std::uint64_t count, std::string_view noun, std::string_view plural) {
  const std::string number = with_commas(std::to_string(count));
  if (count == 1) return fmt::format("{} {}", number, noun);
  if (!plural.empty()) return fmt::format("{} {}", number, plural);
  return fmt::format("{} {}{}", number, noun, noun.ends_with("ch") || noun.ends_with("ss") ? "es" : "s");
}

std::string with_commas(std::string digits) {
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    if (at > 0 && digits[at - 1] != '-') digits.insert(at, ",");
  }
  return digits;
}

}  // namespace countercheck
