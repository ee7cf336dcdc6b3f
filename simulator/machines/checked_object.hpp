#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "counters/enum_names.hpp"
#include "counters/nearest.hpp"
#include "counters/user_error.hpp"

namespace countercheck {

// A JSON object of a machine file that is read key by key. Whatever is not as it should be is a UserError of one
// sentence, which names the file, the key by its way from the top ("levels[1].unified.ways"), and what is allowed.
class CheckedObject {
 public:
  // `path` is empty for the whole file. A key that is not among `keys` is an error.
  CheckedObject(const nlohmann::json& value, std::string file, std::string path,
                std::initializer_list<std::string_view> keys);

  bool has(std::string_view key) const { return value_.contains(key); }

  // Each of these keys must be there.
  std::string text(std::string_view key) const;
  bool flag(std::string_view key) const;
  std::uint64_t number(std::string_view key, std::uint64_t least, std::uint64_t most) const;
  std::vector<std::string> texts(std::string_view key) const;
  CheckedObject object(std::string_view key, std::initializer_list<std::string_view> keys) const;
  std::vector<CheckedObject> objects(std::string_view key, std::initializer_list<std::string_view> keys) const;

  // One of the table's names.
  template <typename Enum, std::size_t N>
  Enum choice(std::string_view key, const EnumName<Enum> (&table)[N]) const {
    std::vector<std::string> names;
    for (const auto& row : table) names.emplace_back(row.name);
    const std::string name = get(key).is_string() ? get(key).get<std::string>() : "";
    const auto value = value_of(table, name);
    if (!value) {
      refuse(key, fmt::format("one of {}{}", fmt::join(names, ", "), name.empty() ? "" : did_you_mean(name, names)));
    }
    return *value;
  }

  // The error that a key's value must be something else.
  [[noreturn]] void refuse(std::string_view key, const std::string& must_be) const;
  // The error that something is wrong with the object.
  [[noreturn]] void fail(const std::string& sentence) const;

 private:
  const nlohmann::json& get(std::string_view key) const;
  std::string path_of(std::string_view key) const;

  const nlohmann::json& value_;
  std::string file_;
  std::string path_;
};

}  // namespace countercheck
