#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

struct Ended {
  int status = 0;  // of the exit; 128 and the signal where there was none
  std::string output{};
  std::string errors{};
};

// Runs a command without input; what it writes goes to files in the folder. Throws std::runtime_error where it cannot
// be started.
inline Ended run_command(const std::filesystem::path& folder, const std::vector<std::string>& command) {
  const std::string out = folder / "out";
  const std::string errors = folder / "errors";
  std::vector<char*> argv;
  for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  pid_t pid = -1;
  const int failed = posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::runtime_error(command[0] + " is not installed");
  int status = 0;
  waitpid(pid, &status, 0);
  const auto text = [](const std::string& path) {
    std::ostringstream all;
    all << std::ifstream(path).rdbuf();
    return all.str();
  };
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), text(out), text(errors)};
}

// The standard output of a command that must end well.
inline std::string output_of(const std::filesystem::path& folder, const std::vector<std::string>& command) {
  Ended ended = run_command(folder, command);
  if (ended.status != 0) throw std::runtime_error(command[0] + " failed: " + ended.errors);
  return std::move(ended.output);
}
