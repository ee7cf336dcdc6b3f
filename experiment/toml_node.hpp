#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

namespace countercheck {

// A value of a TOML file with its place, so that every complaint says where: "suite.toml:12: variant[1].command: …".
// Complaints are UserErrors of wrong usage.
class TomlNode {
 public:
  TomlNode(const toml::node& value, std::string_view file, std::string key)
      : value_(&value), file_(file), key_(std::move(key)) {}

  // "suite.toml:12: variant[1].command"
  std::string place() const;
  [[noreturn]] void complain(const std::string& what) const;

  bool is_text() const { return value_->is_string(); }
  bool is_list() const { return value_->is_array(); }
  bool is_table() const { return value_->is_table(); }

  std::string text() const;  // without a NUL, which no command line can hold
  bool flag() const;
  std::int64_t whole(std::int64_t least, std::int64_t most) const;
  // More than `above` and less than `below`.
  double real_between(double above, double below) const;
  double real_from(double least, double most) const;
  // A text, a whole number, or true or false, as it is written.
  std::string scalar() const;
  std::vector<TomlNode> list() const;

  // The entries of a table in the order in which the file has them.
  std::vector<TomlNode> entries() const;
  const std::string& name() const { return name_; }  // of an entry: the last part of its key
  // Complains about the first entry whose name is none of these.
  void expect_keys(std::span<const std::string> known) const;

 private:
  double real() const;

  const toml::node* value_;
  std::string_view file_;
  std::string key_;
  std::string name_{};
};

// What a user typed, short enough for a sentence.
std::string in_marks(std::string_view text);

}  // namespace countercheck
