#include "experiment/text_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>

#include "counters/user_error.hpp"

namespace countercheck {
namespace {

[[noreturn]] void refuse(std::string_view noun, const std::string& path, std::string_view what) {
  throw UserError(Trouble::file, fmt::format("the {} '{}' cannot be {}: {}", noun, path, what,
                                             std::generic_category().message(errno)));
}

}  // namespace

std::string read_text_file(const std::string& path, std::string_view noun) {
  errno = 0;
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  // An empty file has nothing to give, which is no failure; a folder opens, and fails when it is read.
  const bool empty = stream && stream.peek() == std::ifstream::traits_type::eof() && !stream.bad() && errno == 0;
  if (!empty && !(stream && text << stream.rdbuf())) refuse(noun, path, "read");
  return std::move(text).str();
}

void write_text_file(const std::string& path, const std::string& text, std::string_view noun) {
  errno = 0;
  std::ofstream stream(path, std::ios::binary);
  stream << text;
  stream.close();
  if (!stream) refuse(noun, path, "written");
}

}  // namespace countercheck
