#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "counters/nearest.hpp"
#include "counters/user_error.hpp"

namespace countercheck {

// The row of that name; an unknown one is answered with the nearest. `place` stands before the complaint, and `where`
// tells what there is.
template <typename Rows>
auto& find_row(Rows& rows, const std::string& name, std::string_view what, std::string_view place = "",
               std::string_view where = "countercheck list workloads shows them all") {
  const auto row =
      std::find_if(rows.begin(), rows.end(), [&](const auto& candidate) { return candidate.name == name; });
  if (row != rows.end()) return *row;
  std::vector<std::string> names;
  names.reserve(rows.size());
  for (const auto& candidate : rows) names.push_back(candidate.name);
  throw UserError(Trouble::usage,
                  fmt::format("{}there is no {} '{}'{}: {}", place, what, name, did_you_mean(name, names), where));
}

}  // namespace countercheck
