#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "counters/enum_names.hpp"
#include "counters/nearest.hpp"
#include "counters/user_error.hpp"

namespace countercheck {

// What a complaint about a JSON file says of it.
struct JsonFile {
  std::string noun{};  // "machine file"
  std::string path{};
  Trouble trouble = Trouble::file;
};

// A JSON object of one of our data files, or of a user's in their form, that is read key by key. Whatever is not as it
// should be is a UserError of one sentence, which names the file, the key by its way from the top
// ("events.cache-misses.config"), and what is allowed.
class CheckedJson {
 public:
  // `path` is empty for the whole file.
  CheckedJson(const nlohmann::json& value, JsonFile file, std::string path = "");

  // The error for every key that is not among these; else the object itself.
  CheckedJson allow(std::initializer_list<std::string_view> keys) const;

  bool has(std::string_view key) const { return value_.contains(key); }

  // Each of these keys must be there.
  std::string text(std::string_view key) const;
  bool flag(std::string_view key) const;
  std::uint64_t number(std::string_view key, std::uint64_t least = 0,
                       std::uint64_t most = std::numeric_limits<std::uint64_t>::max()) const;
  std::uint64_t hexadecimal(std::string_view key) const;  // a text: "0x412e"
  std::vector<std::string> texts(std::string_view key) const;
  std::vector<std::uint64_t> hexadecimals(std::string_view key) const;
  CheckedJson object(std::string_view key) const;
  std::vector<CheckedJson> objects(std::string_view key) const;
  std::vector<std::pair<std::string, CheckedJson>> members(std::string_view key) const;  // of an object of objects

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

  // Those that may be missing; null counts as missing.
  std::string optional_text(std::string_view key) const { return is_there(key) ? text(key) : std::string(); }
  std::vector<std::string> optional_texts(std::string_view key) const {
    return is_there(key) ? texts(key) : std::vector<std::string>();
  }

  bool is_there(std::string_view key) const { return has(key) && !get(key).is_null(); }

  // The error that a key's value must be something else, or that something is wrong with the object.
  [[noreturn]] void refuse(std::string_view key, const std::string& must_be) const;
  [[noreturn]] void fail(const std::string& sentence) const;

 private:
  const nlohmann::json& get(std::string_view key) const;
  std::string path_of(std::string_view key) const;

  const nlohmann::json& value_;
  JsonFile file_;
  std::string path_;
};

}  // namespace countercheck
