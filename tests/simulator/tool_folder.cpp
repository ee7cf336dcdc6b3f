#include "tests/simulator/tool_folder.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

namespace countercheck {
namespace {

namespace fs = std::filesystem;

// "amd64-linux": Valgrind's name for this platform.
std::string platform() {
  utsname system{};
  uname(&system);
  const std::string machine = system.machine;
  return (machine == "x86_64" ? "amd64" : machine == "aarch64" ? "arm64" : machine) + "-linux";
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> all;
  all.reserve(words.size() + 1);
  for (auto& word : words) all.push_back(word.data());
  all.push_back(nullptr);
  return all;
}

// PID-IMAGE.json: the process and the count of its execs.
std::pair<long, long> numbers_of(const fs::path& file) {
  const std::string name = file.filename().string();
  return {std::stol(name), std::stol(name.substr(name.find('-') + 1))};
}

}  // namespace

std::string text_of(const std::string& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

ToolFolder::ToolFolder(const std::string& tools) {
  std::string pattern = fs::temp_directory_path() / "countercheck-tools-XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) std::abort();
  path_ = pattern;
  const std::string ours = "countercheck-" + platform();
  if (!fs::exists(tools + "/" + ours)) {
    missing_ = "the simulator's tool is not built here";
    return;
  }
  const fs::path valgrinds = fs::canonical(tools + "/default.supp").parent_path();
  fs::create_symlink(fs::canonical(tools + "/" + ours), path_ + "/" + ours);
  for (const std::string& name :
       {"cachegrind-" + platform(), "vgpreload_core-" + platform() + ".so", std::string("default.supp")}) {
    if (!fs::exists(valgrinds / name)) missing_ = "Valgrind's " + name + " is not installed";
    fs::create_symlink(valgrinds / name, path_ + "/" + name);
  }
}

ToolFolder::~ToolFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

int ToolFolder::run(const std::string& tool, const std::vector<std::string>& options, const Program& program,
                    int expected, const std::vector<std::string>& more_environment) const {
  const std::string log = path_ + "/log";
  std::vector<std::string> command = {"valgrind", "--tool=" + tool, "--log-file=" + log};
  if (tool == "countercheck") command.emplace_back("--check-code=yes");
  command.insert(command.end(), options.begin(), options.end());
  command.emplace_back("--");
  command.insert(command.end(), program.command.begin(), program.command.end());
  std::vector<std::string> environment = plain_environment();
  environment.push_back("VALGRIND_LIB=" + path_);
  environment.insert(environment.end(), more_environment.begin(), more_environment.end());

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, program.input.c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t pid = -1;
  int status = -1;
  if (posix_spawnp(&pid, "valgrind", &actions, nullptr, pointers(command).data(), pointers(environment).data()) == 0)
    waitpid(pid, &status, 0);
  posix_spawn_file_actions_destroy(&actions);
  if (status != 0 && status != expected)
    ADD_FAILURE() << program.name << " under " << tool << " ended with status " << status << ":\n" << text_of(log);
  return status;
}

std::vector<nlohmann::json> ToolFolder::simulate(const std::vector<std::string>& options, const Program& program,
                                                 int expected, const std::vector<std::string>& more_environment) const {
  const fs::path output = path_ + "/output";
  fs::remove_all(output);
  fs::create_directory(output);
  std::vector<std::string> all = {"-q", "--output-folder=" + output.string()};
  all.insert(all.end(), options.begin(), options.end());
  if (run("countercheck", all, program, expected, more_environment) != expected) return {};
  std::vector<fs::path> files(fs::directory_iterator(output), fs::directory_iterator{});
  std::sort(files.begin(), files.end(),
            [](const fs::path& a, const fs::path& b) { return numbers_of(a) < numbers_of(b); });
  std::vector<nlohmann::json> images;
  for (const auto& file : files) {
    if (file.extension() == ".partial") images.push_back(nullptr);
    if (file.extension() == ".json") images.push_back(nlohmann::json::parse(text_of(file.string())));
  }
  return images;
}

}  // namespace countercheck
