#pragma once

#include <optional>
#include <string>
#include <vector>

namespace countercheck {

// The lines of the source file that debug information names by `path`: there; else below one of the folders, under as
// much of the end of its path as is found: "src/grid.cpp" before "grid.cpp". Empty where it is in none, or not
// readable.
std::optional<std::vector<std::string>> read_source(const std::string& path, const std::vector<std::string>& folders);

}  // namespace countercheck
