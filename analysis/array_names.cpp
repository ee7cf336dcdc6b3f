#include "analysis/array_names.hpp"

#include <algorithm>

#include "analysis/code_names.hpp"

namespace countercheck {
namespace {

std::string makers_name(const Makers& makers) {
  const auto& [maker, caller] = makers;
  if (maker == CodePlace{}) return "unknown code";
  std::string name = place_name(maker);
  if (caller == CodePlace{}) return name;
  const std::string called = "called from " + place_name(caller);
  if (!name.ends_with(')')) return name + " (" + called + ")";
  return name.substr(0, name.size() - 1) + ", " + called + ")";
}

}  // namespace

Makers makers_of(const ArrayCounts& array) {
  const auto& stack = array.stack;
  const auto outside = [](const CodePlace& frame) { return !is_allocating_machinery(frame); };
  const auto maker = std::find_if(stack.begin(), stack.end(), outside);
  if (maker == stack.end()) {
    const auto other = std::find_if(stack.begin(), stack.end(), [](const auto& frame) { return !is_allocator(frame); });
    return {other == stack.end() ? CodePlace{} : *other, {}};
  }
  const auto caller = std::find_if(maker + 1, stack.end(), outside);
  return {*maker, caller == stack.end() ? CodePlace{} : *caller};
}

std::string array_name(const ArrayCounts& array) {
  switch (array.kind) {
    case ArrayKind::named:
      return array.name;
    case ArrayKind::heap:
      return "made by " + makers_name(makers_of(array));
    case ArrayKind::mapping:
      return "mapped by " + makers_name(makers_of(array));
    case ArrayKind::variable:
      return spoken_function(short_function(array.name)) + " (static)";
    case ArrayKind::file:
      return "data of " + file_name(array.name);
    case ArrayKind::stack:
      return "the stack";
    case ArrayKind::other:
      break;
  }
  return "memory outside all arrays (freed, or the allocator's own)";
}

}  // namespace countercheck
