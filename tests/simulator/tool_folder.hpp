#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/simulator/real_programs.hpp"

namespace countercheck {

// A temporary folder with links to our tool, to Cachegrind and to what Valgrind needs beside a tool: what VALGRIND_LIB
// is to name. It goes with its owner.
class ToolFolder {
 public:
  // tools: where our tool lies, beside links to Valgrind's own files.
  explicit ToolFolder(const std::string& tools);
  ~ToolFolder();
  ToolFolder(const ToolFolder&) = delete;
  ToolFolder& operator=(const ToolFolder&) = delete;

  // Why nothing can be run here; empty when it can.
  const std::string& missing() const { return missing_; }
  const std::string& path() const { return path_; }

  // Runs a program under a tool, in plain_environment() and what is added. Returns its wait status; but for 0 and
  // `expected`, it fails the test.
  int run(const std::string& tool, const std::vector<std::string>& options, const Program& program, int expected = 0,
          const std::vector<std::string>& more_environment = {}) const;

  // Runs it under our tool. Returns what each process image left, in the order of their numbers; null for one that did
  // not come to write its counts.
  std::vector<nlohmann::json> simulate(const std::vector<std::string>& options, const Program& program,
                                       int expected = 0, const std::vector<std::string>& more_environment = {}) const;

 private:
  std::string path_;
  std::string missing_;
};

// A whole file.
std::string text_of(const std::string& file);

}  // namespace countercheck
