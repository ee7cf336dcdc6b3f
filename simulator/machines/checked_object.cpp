#include "simulator/machines/checked_object.hpp"

#include <algorithm>

namespace countercheck {
namespace {

using nlohmann::json;

// The value as it stands in the file, but not all of a long one.
std::string shown(const json& value) {
  if (value.is_object()) return "an object";
  if (value.is_array()) return "a list";
  const std::string text = value.dump(-1, ' ', false, json::error_handler_t::replace);
  constexpr std::size_t kMost = 40;
  return text.size() <= kMost ? text : "a text of " + std::to_string(text.size()) + " bytes";
}

}  // namespace

CheckedObject::CheckedObject(const json& value, std::string file, std::string path,
                             std::initializer_list<std::string_view> keys)
    : value_(value), file_(std::move(file)), path_(std::move(path)) {
  const std::vector<std::string> known(keys.begin(), keys.end());
  const std::string list = fmt::format("{}", fmt::join(known, ", "));
  if (!value.is_object()) fail(fmt::format("must be an object with the keys {}, not {}", list, shown(value)));
  for (const auto& [key, unused] : value.items()) {
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      fail(fmt::format("has the unknown key '{}'{}; it takes {}", key, did_you_mean(key, known), list));
    }
  }
}

std::string CheckedObject::text(std::string_view key) const {
  const json& value = get(key);
  if (!value.is_string() || value.get_ref<const std::string&>().empty()) refuse(key, "a text that is not empty");
  return value;
}

bool CheckedObject::flag(std::string_view key) const {
  if (!get(key).is_boolean()) refuse(key, "true or false");
  return get(key);
}

std::uint64_t CheckedObject::number(std::string_view key, std::uint64_t least, std::uint64_t most) const {
  const json& value = get(key);
  if (!value.is_number_unsigned() || value.get<std::uint64_t>() < least || value.get<std::uint64_t>() > most) {
    refuse(key, fmt::format("a whole number from {} to {}", least, most));
  }
  return value;
}

std::vector<std::string> CheckedObject::texts(std::string_view key) const {
  const json& value = get(key);
  if (!value.is_array() || !std::all_of(value.begin(), value.end(), [](const json& v) { return v.is_string(); })) {
    refuse(key, "a list of texts");
  }
  return value;
}

CheckedObject CheckedObject::object(std::string_view key, std::initializer_list<std::string_view> keys) const {
  return CheckedObject(get(key), file_, path_of(key), keys);
}

std::vector<CheckedObject> CheckedObject::objects(std::string_view key,
                                                  std::initializer_list<std::string_view> keys) const {
  const json& list = get(key);
  if (!list.is_array()) refuse(key, "a list of objects");
  std::vector<CheckedObject> objects;
  for (std::size_t i = 0; i < list.size(); ++i) {
    objects.emplace_back(list[i], file_, fmt::format("{}[{}]", path_of(key), i), keys);
  }
  return objects;
}

void CheckedObject::refuse(std::string_view key, const std::string& must_be) const {
  throw UserError(Trouble::usage, fmt::format("the machine file '{}': '{}' must be {}, not {}", file_, path_of(key),
                                              must_be, shown(get(key))));
}

void CheckedObject::fail(const std::string& sentence) const {
  const std::string where = path_.empty() ? "the machine" : fmt::format("'{}'", path_);
  throw UserError(Trouble::usage, fmt::format("the machine file '{}': {} {}", file_, where, sentence));
}

const json& CheckedObject::get(std::string_view key) const {
  const auto found = value_.find(key);
  if (found == value_.end()) fail(fmt::format("lacks the key '{}'", key));
  return *found;
}

std::string CheckedObject::path_of(std::string_view key) const {
  return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
}

}  // namespace countercheck
