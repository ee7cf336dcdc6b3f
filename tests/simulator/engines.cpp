#include "tests/simulator/engines.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/simulator/machine_texts.hpp"

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

std::string text_of(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> all;
  all.reserve(words.size() + 1);
  for (auto& word : words) all.push_back(word.data());
  all.push_back(nullptr);
  return all;
}

// The line that begins with this word, without it.
std::istringstream line_of(const std::string& text, const std::string& word) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind(word, 0) == 0) return std::istringstream(line.substr(word.size()));
  }
  return {};
}

// simulator/tool's JSON of one process, in Cachegrind's words.
Counts in_cachegrinds_words(const nlohmann::json& process) {
  Counts counts;
  for (const auto& thread : process.at("threads")) {
    const auto add = [&](const char* name, const nlohmann::json& number) {
      counts[name] += number.get<std::uint64_t>();
    };
    add("Ir", thread.at("instructions"));
    add("Dr", thread.at("loads"));
    add("Dw", thread.at("stores"));
    const auto& levels = thread.at("misses");
    add("I1mr", levels.at(0).at(0));
    add("D1mr", levels.at(0).at(1));
    add("D1mw", levels.at(0).at(2));
    add("ILmr", levels.at(1).at(0));
    add("DLmr", levels.at(1).at(1));
    add("DLmw", levels.at(1).at(2));
    add("Bc", thread.at("conditional-branches"));
    add("Bcm", thread.at("conditional-misses"));
    add("Bi", thread.at("indirect-branches"));
    add("Bim", thread.at("indirect-misses"));
  }
  return counts;
}

}  // namespace

Engines::Engines(const std::string& tools) {
  std::string pattern = fs::temp_directory_path() / "countercheck-oracle-XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) std::abort();
  folder_ = pattern;
  const std::string ours = "countercheck-" + platform();
  if (!fs::exists(tools + "/" + ours)) {
    missing_ = "the simulator's tool is not built here";
    return;
  }
  const fs::path valgrinds = fs::canonical(tools + "/default.supp").parent_path();
  fs::create_symlink(fs::canonical(tools + "/" + ours), folder_ + "/" + ours);
  for (const std::string& name :
       {"cachegrind-" + platform(), "vgpreload_core-" + platform() + ".so", std::string("default.supp")}) {
    if (!fs::exists(valgrinds / name)) missing_ = "Valgrind's " + name + " is not installed";
    fs::create_symlink(valgrinds / name, folder_ + "/" + name);
  }
  std::ofstream(folder_ + "/machine") << two_levels();
}

Engines::~Engines() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

bool Engines::run(const std::string& tool, std::vector<std::string> options, const Program& program) const {
  const std::string log = folder_ + "/log";
  std::vector<std::string> command = {"valgrind", "--tool=" + tool, "--log-file=" + log};
  command.insert(command.end(), options.begin(), options.end());
  command.emplace_back("--");
  command.insert(command.end(), program.command.begin(), program.command.end());
  std::vector<std::string> environment = plain_environment();
  environment.push_back("VALGRIND_LIB=" + folder_);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, program.input.c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t pid = -1;
  int status = -1;
  if (posix_spawnp(&pid, "valgrind", &actions, nullptr, pointers(command).data(), pointers(environment).data()) == 0)
    waitpid(pid, &status, 0);
  posix_spawn_file_actions_destroy(&actions);
  if (status == 0) return true;
  ADD_FAILURE() << program.name << " under " << tool << " ended with status " << status << ":\n" << text_of(log);
  return false;
}

Counts Engines::cachegrind(const Program& program) const {
  const std::string file = folder_ + "/cachegrind.out";
  std::vector<std::string> options(std::begin(kTwoLevelsOfCachegrind), std::end(kTwoLevelsOfCachegrind));
  options.insert(options.end(), {"--cache-sim=yes", "--branch-sim=yes", "--cachegrind-out-file=" + file});
  if (!run("cachegrind", options, program)) return {};
  const std::string text = text_of(file);
  std::istringstream names = line_of(text, "events:");
  std::istringstream numbers = line_of(text, "summary:");
  Counts counts;
  std::uint64_t number = 0;
  for (std::string name; names >> name && numbers >> number;) counts[name] = number;
  return counts;
}

Counts Engines::ours(const Program& program) const {
  const fs::path output = folder_ + "/output";
  fs::remove_all(output);
  fs::create_directory(output);
  if (!run("countercheck", {"-q", "--machine-file=" + folder_ + "/machine", "--output-folder=" + output.string()},
           program))
    return {};
  std::vector<fs::path> files(fs::directory_iterator(output), fs::directory_iterator{});
  if (files.size() == 1 && files.front().extension() == ".json")
    return in_cachegrinds_words(nlohmann::json::parse(text_of(files.front())));
  ADD_FAILURE() << program.name << " left " << files.size() << " files where one process should have left one";
  return {};
}

}  // namespace countercheck
