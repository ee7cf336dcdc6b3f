#pragma once

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace countercheck {

// A value of a JSON file with its place, so that every complaint says where: "samples[3].readings[0].value: ...".
// Complaints are std::runtime_error.
class JsonNode {
 public:
  JsonNode(const nlohmann::json& value, std::string place) : value_(value), place_(std::move(place)) {}

  [[noreturn]] void complain(const std::string& what) const {
    throw std::runtime_error(fmt::format("{}: {}", place_.empty() ? "the file" : place_, what));
  }

  JsonNode at(const std::string& key) const {
    if (!value_.is_object()) complain("is no object");
    const auto found = value_.find(key);
    const std::string place = place_.empty() ? key : place_ + "." + key;
    if (found == value_.end()) throw std::runtime_error(place + ": is missing");
    return {*found, place};
  }
  bool has(const std::string& key) const { return value_.is_object() && value_.contains(key); }
  bool is_null() const { return value_.is_null(); }
  const nlohmann::json& value() const { return value_; }
  const std::string& place() const { return place_; }

  std::string text() const {
    if (!value_.is_string()) complain("is no text");
    return value_.get<std::string>();
  }
  bool flag() const {
    if (!value_.is_boolean()) complain("is neither true nor false");
    return value_.get<bool>();
  }
  double real() const {
    if (!value_.is_number()) complain("is no number");
    return value_.get<double>();
  }
  template <typename Number>
  Number whole() const {
    if (!value_.is_number_integer()) complain("is no whole number");
    if (value_.is_number_unsigned()) {
      const auto number = value_.get<std::uint64_t>();
      if (!std::in_range<Number>(number)) complain("is too large");
      return static_cast<Number>(number);
    }
    const auto number = value_.get<std::int64_t>();
    if (!std::in_range<Number>(number)) complain("is out of range");
    return static_cast<Number>(number);
  }
  template <typename Enum>
  Enum named(std::optional<Enum> (*from)(std::string_view)) const {
    const auto value = from(text());
    if (!value) complain(fmt::format("'{}' is not a known word here", text()));
    return *value;
  }
  std::uint64_t hexadecimal() const {
    const std::string digits = text();
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (error != std::errc() || end != digits.data() + digits.size()) complain("is no hexadecimal number");
    return value;
  }
  template <typename Read>
  auto list(Read read) const {
    if (!value_.is_array()) complain("is no list");
    std::vector<decltype(read(*this))> items;
    items.reserve(value_.size());
    for (std::size_t i = 0; i < value_.size(); ++i)
      items.push_back(read(JsonNode(value_[i], fmt::format("{}[{}]", place_, i))));
    return items;
  }

 private:
  const nlohmann::json& value_;
  std::string place_;
};

}  // namespace countercheck
