#include "counters/shipped_folder.hpp"

#include <fmt/format.h>

#include "counters/user_error.hpp"

namespace countercheck {

namespace fs = std::filesystem;

fs::path shipped_folder(std::string_view what, const fs::path& installed, const fs::path& built, const fs::path& file,
                        std::string_view otherwise) {
  std::error_code error;
  const fs::path prefix = fs::read_symlink("/proc/self/exe", error).parent_path().parent_path();
  for (const auto& folder : {prefix / installed, prefix / built}) {
    if (fs::is_directory(folder, error) && fs::exists(folder / file, error)) return folder;
  }
  throw UserError(Trouble::not_started, fmt::format("{} are not in {}: install countercheck whole{}", what,
                                                    (prefix / installed).string(), otherwise));
}

}  // namespace countercheck
