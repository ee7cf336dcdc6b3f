#include "experiment/data_folder.hpp"

#include <cstdlib>

namespace countercheck {

namespace fs = std::filesystem;

std::optional<fs::path> data_folder() {
  const char* const data = std::getenv("XDG_DATA_HOME");
  // The specification has relative paths ignored.
  if (data && *data == '/') return fs::path(data) / "countercheck";
  const char* const home = std::getenv("HOME");
  if (home && *home == '/') return fs::path(home) / ".local" / "share" / "countercheck";
  return std::nullopt;
}

}  // namespace countercheck
