#include "counters/checked_json.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace countercheck {
namespace {

using nlohmann::json;

// The value as it stands in the file, but not all of a long one.
std::string shown(const json& value) {
  if (value.is_structured()) return value.is_object() ? "an object" : "a list";
  const std::string text = value.dump(-1, ' ', false, json::error_handler_t::replace);
  constexpr std::size_t kMost = 40;
  return text.size() <= kMost ? text : fmt::format("a text of {} bytes", text.size());
}

std::optional<std::uint64_t> hexadecimal_of(const json& value) {
  if (!value.is_string()) return std::nullopt;
  const std::string_view text = value.get_ref<const std::string&>();
  if (!text.starts_with("0x")) return std::nullopt;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + text.size(), number, 16);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

constexpr const char* kHexadecimal = "a hexadecimal number in quotes, as \"0x412e\"";

}  // namespace

CheckedJson::CheckedJson(const json& value, JsonFile file, std::string path)
    : value_(value), file_(std::move(file)), path_(std::move(path)) {
  if (!value.is_object()) fail(fmt::format("must be an object, not {}", shown(value)));
}

CheckedJson CheckedJson::allow(std::initializer_list<std::string_view> keys) const {
  const std::vector<std::string> known(keys.begin(), keys.end());
  for (const auto& [key, unused] : value_.items()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    fail(fmt::format("has the unknown key '{}'{}; it takes {}", key, did_you_mean(key, known), fmt::join(known, ", ")));
  }
  return *this;
}

std::string CheckedJson::text(std::string_view key) const {
  const json& value = get(key);
  if (!value.is_string() || value.get_ref<const std::string&>().empty()) refuse(key, "a text that is not empty");
  return value;
}

bool CheckedJson::flag(std::string_view key) const {
  if (!get(key).is_boolean()) refuse(key, "true or false");
  return get(key);
}

std::uint64_t CheckedJson::number(std::string_view key, std::uint64_t least, std::uint64_t most) const {
  const json& value = get(key);
  if (!value.is_number_unsigned() || value.get<std::uint64_t>() < least || value.get<std::uint64_t>() > most) {
    const bool bounded = most != std::numeric_limits<std::uint64_t>::max();
    refuse(key, bounded ? fmt::format("a whole number from {} to {}", least, most) : "a whole number");
  }
  return value;
}

std::uint64_t CheckedJson::hexadecimal(std::string_view key) const {
  const auto number = hexadecimal_of(get(key));
  if (!number) refuse(key, kHexadecimal);
  return *number;
}

std::vector<std::string> CheckedJson::texts(std::string_view key) const {
  const json& value = get(key);
  if (!value.is_array() || !std::all_of(value.begin(), value.end(), [](const json& v) { return v.is_string(); })) {
    refuse(key, "a list of texts");
  }
  return value;
}

std::vector<std::uint64_t> CheckedJson::hexadecimals(std::string_view key) const {
  const json& list = get(key);
  std::vector<std::uint64_t> numbers;
  if (!list.is_array()) refuse(key, "a list of numbers");
  for (const json& value : list) {
    const auto number = hexadecimal_of(value);
    if (!number) refuse(key, fmt::format("a list of numbers, each {}", kHexadecimal));
    numbers.push_back(*number);
  }
  return numbers;
}

CheckedJson CheckedJson::object(std::string_view key) const {
  return CheckedJson(get(key), file_, path_of(key));
}

std::vector<CheckedJson> CheckedJson::objects(std::string_view key) const {
  const json& list = get(key);
  if (!list.is_array()) refuse(key, "a list of objects");
  std::vector<CheckedJson> objects;
  for (std::size_t i = 0; i < list.size(); ++i) {
    objects.emplace_back(list[i], file_, fmt::format("{}[{}]", path_of(key), i));
  }
  return objects;
}

std::vector<std::pair<std::string, CheckedJson>> CheckedJson::members(std::string_view key) const {
  const json& object = get(key);
  if (!object.is_object()) refuse(key, "an object");
  std::vector<std::pair<std::string, CheckedJson>> members;
  for (const auto& [name, value] : object.items()) {
    members.emplace_back(name, CheckedJson(value, file_, fmt::format("{}.{}", path_of(key), name)));
  }
  return members;
}

void CheckedJson::refuse(std::string_view key, const std::string& must_be) const {
  throw UserError(file_.trouble, fmt::format("the {} '{}': '{}' must be {}, not {}", file_.noun, file_.path,
                                             path_of(key), must_be, shown(get(key))));
}

void CheckedJson::fail(const std::string& sentence) const {
  const std::string where = path_.empty() ? "the file" : fmt::format("'{}'", path_);
  throw UserError(file_.trouble, fmt::format("the {} '{}': {} {}", file_.noun, file_.path, where, sentence));
}

const json& CheckedJson::get(std::string_view key) const {
  const auto found = value_.find(key);
  if (found == value_.end()) fail(fmt::format("lacks the key '{}'", key));
  return *found;
}

std::string CheckedJson::path_of(std::string_view key) const {
  return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
}

}  // namespace countercheck
