#pragma once

#include <charconv>
#include <optional>
#include <string_view>

// A text that is nothing but a whole number without a sign.
inline std::optional<unsigned> whole_number(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}
