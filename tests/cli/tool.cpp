#include "tests/cli/tool.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace countercheck {
namespace {

std::string text_of(int descriptor) {
  std::string text(static_cast<std::size_t>(lseek(descriptor, 0, SEEK_END)), '\0');
  const ssize_t got = pread(descriptor, text.data(), text.size(), 0);
  text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return text;
}

}  // namespace

Running::Running(const Words& command, const std::function<void()>& prepare)
    : out_(memfd_create("out", MFD_CLOEXEC)), err_(memfd_create("err", MFD_CLOEXEC)) {
  std::vector<char*> argv;
  for (const auto& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  pid_ = fork();
  if (pid_ == 0) {
    dup2(out_, STDOUT_FILENO);
    dup2(err_, STDERR_FILENO);
    if (prepare) prepare();
    execvp(argv[0], argv.data());
    _exit(127);
  }
}

Running::~Running() {
  close(out_);
  close(err_);
}

Output Running::wait() {
  int status = 0;
  waitpid(pid_, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), text_of(out_), text_of(err_)};
}

Output run_command(const Words& command, const std::function<void()>& prepare) {
  return Running(command, prepare).wait();
}

Output countercheck_with(Words words, const std::function<void()>& prepare) {
  words.insert(words.begin(), COUNTERCHECK);
  return run_command(words, prepare);
}

Output countercheck_as_nobody(const Words& words) {
  const TemporaryFolder folder;
  Words command = {folder / "countercheck"};
  std::filesystem::copy_file(COUNTERCHECK, command.front());
  command.insert(command.end(), words.begin(), words.end());
  return run_command(command, [] {
    if (setgid(65534) != 0 || setuid(65534) != 0) _exit(125);
  });
}

TemporaryFolder::TemporaryFolder() {
  std::string pattern = std::filesystem::temp_directory_path() / "countercheck-test-XXXXXX";
  if (!mkdtemp(pattern.data())) std::abort();
  path_ = pattern;
  chmod(path_.c_str(), 0755);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string read_file(const std::string& path) {
  std::ifstream stream(path);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void write_file(const std::string& path, const std::string& text, unsigned mode) {
  std::ofstream(path) << text;
  chmod(path.c_str(), mode);
}

std::string unwrapped(const std::string& text) {
  std::string joined;
  for (const char c : text) {
    const bool blank = c == '\n' || c == ' ';
    if (!blank) joined += c;
    if (blank && !joined.empty() && joined.back() != ' ') joined += ' ';
  }
  return joined;
}

std::vector<std::string> lines_with(const std::string& text, const std::string& word) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    if (line.find(word) != std::string::npos) lines.push_back(line);
  }
  return lines;
}

double first_number(const std::string& line) {
  std::string digits;
  for (const char c : line) {
    if ((c >= '0' && c <= '9') || (c == '.' && !digits.empty())) {
      digits += c;
    } else if (c != ',' && !digits.empty()) {
      break;
    }
  }
  return digits.empty() ? -1 : std::strtod(digits.c_str(), nullptr);
}

}  // namespace countercheck
