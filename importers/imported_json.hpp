#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace countercheck {

// The whole of a JSON file of another tool, or std::runtime_error with where it breaks off. None of them nests deeply;
// a file of brackets would take seventy times its size of memory.
inline nlohmann::json parse_json(std::string_view text) {
  constexpr int kDeepest = 32;
  try {
    return nlohmann::json::parse(text, [](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
      if (depth > kDeepest) throw std::runtime_error("it is nested more deeply than any file of these tools");
      return true;
    });
  } catch (const nlohmann::json::parse_error& error) {
    throw std::runtime_error("it is no whole JSON (at byte " + std::to_string(error.byte) + ")");
  } catch (const nlohmann::json::out_of_range&) {
    throw std::runtime_error("it has a number that is larger than any can be");
  }
}

// A number that is a count or a time: finite, not negative, and small enough when multiplied. Rounded. Empty: it is
// not.
std::optional<std::uint64_t> scaled_whole(double value, double scale);

}  // namespace countercheck
