#include "experiment/toml_node.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "counters/nearest.hpp"
#include "counters/user_error.hpp"

namespace countercheck {
namespace {

constexpr std::size_t kLongestQuoted = 60;

}  // namespace

std::string in_marks(std::string_view text) {
  if (text.size() <= kLongestQuoted) return fmt::format("'{}'", text);
  return fmt::format("'{}…'", text.substr(0, kLongestQuoted));
}

std::string TomlNode::place() const {
  return fmt::format("{}:{}{}{}", file_, value_->source().begin.line, key_.empty() ? "" : ": ", key_);
}

void TomlNode::complain(const std::string& what) const {
  throw UserError(Trouble::usage, fmt::format("{}: {}", place(), what));
}

std::string TomlNode::text() const {
  const auto* const text = value_->as_string();
  if (!text) complain("is no text: write it in quotes");
  if (text->get().find('\0') != std::string::npos) complain("holds a NUL, which ends every text of a command line");
  return text->get();
}

bool TomlNode::flag() const {
  const auto* const flag = value_->as_boolean();
  if (!flag) complain("is neither true nor false");
  return flag->get();
}

std::int64_t TomlNode::whole(std::int64_t least, std::int64_t most) const {
  const auto* const number = value_->as_integer();
  if (!number || number->get() < least || number->get() > most) {
    complain(fmt::format("is no whole number from {} to {}", least, most));
  }
  return number->get();
}

double TomlNode::real_between(double above, double below) const {
  const double number = real();
  if (!(number > above) || !(number < below)) {
    complain(fmt::format("is no number between {:g} and {:g}", above, below));
  }
  return number;
}

double TomlNode::real_from(double least, double most) const {
  const double number = real();
  if (!(number >= least) || !(number <= most)) complain(fmt::format("is no number from {:g} to {:g}", least, most));
  return number;
}

// Not a number: it is none.
double TomlNode::real() const {
  const auto number = value_->value<double>();
  const bool is_number = value_->is_floating_point() || value_->is_integer();
  return is_number && number ? *number : std::numeric_limits<double>::quiet_NaN();
}

std::string TomlNode::scalar() const {
  if (const auto* const number = value_->as_integer()) return std::to_string(number->get());
  if (const auto* const flag = value_->as_boolean()) return flag->get() ? "true" : "false";
  if (!is_text()) complain("is neither a text nor a whole number, true or false: write it in quotes");
  return text();
}

std::vector<TomlNode> TomlNode::list() const {
  const auto* const array = value_->as_array();
  if (!array) complain("is no list: write it in [ ]");
  std::vector<TomlNode> items;
  items.reserve(array->size());
  for (const toml::node& item : *array) items.emplace_back(item, file_, fmt::format("{}[{}]", key_, items.size()));
  return items;
}

std::vector<TomlNode> TomlNode::entries() const {
  const auto* const table = value_->as_table();
  if (!table) complain("is no table");
  std::vector<std::pair<toml::source_position, TomlNode>> found;
  for (const auto& [key, value] : *table) {
    const std::string name(key.str());
    const std::string_view shown = std::string_view(name).substr(0, kLongestQuoted);
    TomlNode entry(value, file_, fmt::format("{}{}{}", key_, key_.empty() ? "" : ".", shown));
    entry.name_ = name;
    found.emplace_back(key.source().begin, std::move(entry));
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<TomlNode> entries;
  entries.reserve(found.size());
  for (auto& [position, entry] : found) entries.push_back(std::move(entry));
  return entries;
}

void TomlNode::expect_keys(std::span<const std::string> known) const {
  for (const TomlNode& entry : entries()) {
    if (std::find(known.begin(), known.end(), entry.name_) != known.end()) continue;
    const std::string near = nearest(std::string_view(entry.name_).substr(0, kLongestQuoted), known);
    const std::string advice = near.empty() ? "" : fmt::format("; did you mean '{}'?", near);
    throw UserError(Trouble::usage, fmt::format("{}:{}: {}: there is no such key{}", file_,
                                                entry.value_->source().begin.line, entry.key_, advice));
  }
}

}  // namespace countercheck
