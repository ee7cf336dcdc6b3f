#pragma once

#include <filesystem>
#include <string_view>

namespace countercheck {

// A folder of files that are shipped with the executable that calls this: below the prefix where it is installed, and
// in a build tree, in which each room has its own folder, below that tree's top. Both are relative; a folder counts
// where it has `file`, which may be empty. Throws UserError where neither does: "WHAT are not in FOLDER: install
// countercheck whole", and then `otherwise`.
std::filesystem::path shipped_folder(std::string_view what, const std::filesystem::path& installed,
                                     const std::filesystem::path& built, const std::filesystem::path& file = "",
                                     std::string_view otherwise = "");

}  // namespace countercheck
