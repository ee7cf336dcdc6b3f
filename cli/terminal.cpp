#include "cli/terminal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <sstream>
#include <string_view>
#include <system_error>

#include "counters/user_error.hpp"

namespace countercheck {

void secure_standard_descriptors() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    // The lowest free number is taken: this one. Opened for reading, standard output refuses what is written to it.
    if (fcntl(descriptor, F_GETFD) < 0 && open("/dev/null", O_RDONLY) < 0) std::abort();
  }
}

bool is_terminal(int descriptor) {
  return isatty(descriptor) == 1;
}

unsigned terminal_width(int descriptor) {
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  if (const char* const columns = std::getenv("COLUMNS")) {
    unsigned width = 0;
    const std::string_view text(columns);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), width);
    if (error == std::errc() && end == text.data() + text.size() && width > 0) return width;
  }
  return 80;
}

bool wants_colour() {
  const char* const refused = std::getenv("NO_COLOR");
  const char* const terminal = std::getenv("TERM");
  return is_terminal(STDOUT_FILENO) && !(refused && *refused) && terminal && std::string_view(terminal) != "dumb";
}

bool shows_utf8() {
  // In the order in which the C library asks them.
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* const locale = std::getenv(name);
    if (!locale || !*locale) continue;
    const std::string_view text(locale);
    return text.find("UTF-8") != std::string_view::npos || text.find("utf8") != std::string_view::npos;
  }
  return false;
}

void write_to_stdout(const std::function<void(std::ostream&)>& write, std::string_view remedy) {
  std::ostringstream buffer;
  write(buffer);
  const std::string text = std::move(buffer).str();
  for (std::string_view rest = text; !rest.empty();) {
    const ssize_t written = ::write(STDOUT_FILENO, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      throw UserError(Trouble::output,
                      fmt::format("standard output could not be written: {}{}{}",
                                  std::generic_category().message(errno), remedy.empty() ? "" : "; ", remedy));
    }
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace countercheck
