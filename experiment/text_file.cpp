#include "experiment/text_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "counters/descriptor.hpp"
#include "counters/user_error.hpp"

namespace countercheck {
namespace {

[[noreturn]] void refuse(std::string_view noun, const std::string& path, const std::string& what) {
  throw UserError(Trouble::file, fmt::format("the {} '{}' {}", noun, path, what));
}

std::string why(int error) {
  return std::generic_category().message(error);
}

// "16 MiB"
std::string size_text(std::size_t bytes) {
  constexpr std::size_t kMebi = std::size_t{1} << 20;
  return bytes % kMebi == 0 ? fmt::format("{} MiB", bytes / kMebi) : fmt::format("{} bytes", bytes);
}

}  // namespace

std::string read_text_file(const std::string& path, std::string_view noun, std::size_t most) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) refuse(noun, path, "is a folder: name a file");
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) refuse(noun, path, "cannot be read: " + why(errno));
  std::string text;
  std::string part(std::size_t{1} << 16, '\0');
  while (true) {
    const ssize_t got = read(file.get(), part.data(), part.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) refuse(noun, path, "cannot be read: " + why(errno));
    if (got == 0) break;
    text.append(part, 0, static_cast<std::size_t>(got));
    if (text.size() > most) {
      refuse(noun, path,
             fmt::format("is larger than {}, which is the most that one may be: is it another file?", size_text(most)));
    }
  }
  if (text.empty()) refuse(noun, path, "is empty");
  if (const auto at = text.find('\0'); at != std::string::npos) {
    refuse(noun, path, fmt::format("is no text: byte {} of it is 0", at + 1));
  }
  return text;
}

void write_text_file(const std::string& path, const std::string& text, std::string_view noun) {
  errno = 0;
  std::ofstream stream(path, std::ios::binary);
  stream << text;
  stream.close();
  if (!stream) refuse(noun, path, "cannot be written: " + why(errno));
}

}  // namespace countercheck
