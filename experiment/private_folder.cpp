#include "experiment/private_folder.hpp"

#include <fmt/format.h>
#include <stdlib.h>

#include <cerrno>
#include <system_error>

#include "counters/user_error.hpp"

namespace countercheck {

std::string temporary_place() {
  const char* const folder = std::getenv("TMPDIR");
  return folder && *folder ? folder : "/tmp";
}

PrivateFolder::PrivateFolder() {
  std::string pattern = temporary_place() + "/countercheck-XXXXXX";
  if (!mkdtemp(pattern.data())) {
    throw UserError(Trouble::file,
                    fmt::format("no folder for temporary files can be made in '{}': {}; set TMPDIR to another",
                                temporary_place(), std::generic_category().message(errno)));
  }
  path_ = pattern;
}

PrivateFolder::~PrivateFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace countercheck
