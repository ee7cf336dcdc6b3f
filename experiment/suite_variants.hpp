#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "experiment/results.hpp"
#include "experiment/suite.hpp"

namespace countercheck {

// The values that the parameters of a suite have at one point, as they are asked for.
class SuiteValues {
 public:
  // Null where the suite has no such parameter.
  const SuiteParameter* parameter(std::string_view name) const;
  const std::string* value(std::string_view name) const;
  // The value of one of them, which is not asked for by that.
  const std::string& at(const SuiteParameter& parameter) const;
  std::vector<std::string> names() const;
  bool asked_for(std::string_view name) const { return asked_.contains(name); }

  void set(const SuiteParameter& parameter, const std::string& value);

 private:
  struct Entry {
    const SuiteParameter* parameter;
    const std::string* value;
  };
  std::map<std::string, Entry, std::less<>> entries_{};
  mutable std::map<std::string, bool, std::less<>> asked_{};
};

// What a built-in variant is at one point: its command, its scheme and what it stresses.
using Builtins = std::function<Variant(const SuiteVariant& variant, const SuiteValues& values)>;

// Gives variants without a name one that is made of their commands.
void name_variants(Suite& suite);

// The variants of a suite, all of which have names, at all of its points, which follow each other with the last
// parameter changing fastest; at each point all variants, in their order. Throws UserError, with the place, for a
// placeholder that is no parameter's, for a parameter that nothing uses, and for more than can be run.
std::vector<Variant> variants_of(const Suite& suite, const Builtins& builtins);

// Whether a text of the suite has a placeholder for it.
bool mentions(const Suite& suite, std::string_view parameter);

// A text in which nothing is a placeholder.
std::string without_placeholders(std::string_view text);

}  // namespace countercheck
