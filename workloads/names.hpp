#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace countercheck::workloads {

// A value of an enumeration and the word for it on the command line and in --list.
template <class Enum>
struct Name {
  Enum value;
  std::string_view name;
};

template <class Enum, std::size_t count>
constexpr std::string_view name_of(const std::array<Name<Enum>, count>& names, Enum value) {
  for (const auto& entry : names) {
    if (entry.value == value) return entry.name;
  }
  return {};
}

template <class Enum, std::size_t count>
constexpr std::optional<Enum> value_of(const std::array<Name<Enum>, count>& names, std::string_view name) {
  for (const auto& entry : names) {
    if (entry.name == name) return entry.value;
  }
  return {};
}

// "static, dynamic or guided": what a sentence about a wrong word offers.
template <class Enum, std::size_t count>
std::string alternatives(const std::array<Name<Enum>, count>& names) {
  std::string words(names.front().name);
  for (std::size_t i = 1; i < count; ++i) words += (i + 1 < count ? ", " : " or ") + std::string(names[i].name);
  return words;
}

// The candidate fewest edits (insert, delete, replace, swap of neighbours) away from what was typed; the first of
// several. `candidates` must not be empty.
std::string_view nearest(std::string_view typed, std::span<const std::string> candidates);

}  // namespace countercheck::workloads
