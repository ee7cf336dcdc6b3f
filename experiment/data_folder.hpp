#pragma once

#include <filesystem>
#include <optional>

namespace countercheck {

// Where countercheck keeps what outlives a run: $XDG_DATA_HOME/countercheck, else ~/.local/share/countercheck (XDG Base
// Directory Specification 0.8). Empty where neither variable is set.
std::optional<std::filesystem::path> data_folder();

}  // namespace countercheck
