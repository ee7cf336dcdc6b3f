#include "experiment/program.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string_view>
#include <system_error>

namespace countercheck {
namespace {

// 0 when it can be executed.
int check(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return errno;
  if (!S_ISREG(status.st_mode)) return EACCES;
  return access(path.c_str(), X_OK) == 0 ? 0 : errno;
}

}  // namespace

std::variant<std::string, int> find_program(const std::string& name) {
  if (name.empty()) return ENOENT;
  if (name.find('/') != std::string::npos) {
    const int error = check(name);
    if (error != 0) return error;
    return name;
  }
  const char* const variable = std::getenv("PATH");
  std::string_view path = variable ? variable : "/bin:/usr/bin";
  int worst = ENOENT;
  while (true) {
    const auto colon = path.find(':');
    const auto folder = path.substr(0, colon);
    const std::string candidate = fmt::format("{}/{}", folder.empty() ? "." : folder, name);
    const int error = check(candidate);
    if (error == 0) return candidate;
    // A folder of the path that may not be entered tells nothing of the program.
    if (error == EACCES && access(candidate.c_str(), F_OK) == 0) worst = EACCES;
    if (colon == std::string_view::npos) return worst;
    path.remove_prefix(colon + 1);
  }
}

std::string explain_not_started(const std::string& name, int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      if (name.find(' ') != std::string::npos) {
        return fmt::format(
            "there is no program '{}': no shell is used, so give the command as separate words, or write sh "
            "-c '…'",
            name);
      }
      return fmt::format("there is no program '{}': check its name, or give its path", name);
    case EACCES:
      return fmt::format("'{}' is not executable: chmod +x makes it so, if it is a program", name);
    case ENOEXEC:
      return fmt::format(
          "'{}' is neither a program for this machine nor a script that begins with #!: a script without "
          "that line needs its interpreter named, as in sh {}",
          name, name);
    case E2BIG:
      return fmt::format("the arguments and the environment of '{}' are too long for the kernel", name);
    default:
      return fmt::format("'{}' could not be started: {}", name, std::generic_category().message(error));
  }
}

}  // namespace countercheck
