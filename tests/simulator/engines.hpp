#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/simulator/real_programs.hpp"
#include "tests/simulator/tool_folder.hpp"

namespace countercheck {

// What one run counted, by Cachegrind's names: Ir, Dr, Dw, I1mr, … Empty when the run failed, which fails the test.
using Counts = std::map<std::string, std::uint64_t>;

// Cachegrind and our own tool, so that a program cannot tell which of the two it runs under: from one folder, because
// its name stands in the program's environment (LD_PRELOAD) and so moves its stack; with one environment; with no
// option of theirs among the program's own words.
class Engines {
 public:
  // tools: where our tool lies, beside links to Valgrind's own files.
  explicit Engines(const std::string& tools);

  // Why nothing can be compared here; empty when it can.
  const std::string& missing() const { return folder_.missing(); }
  // Goes with the engines; programs may keep their inputs in it.
  const std::string& folder() const { return folder_.path(); }

  // Both with the machine two_levels() and Cachegrind's predictor; `options` are for our tool.
  Counts cachegrind(const Program& program) const;
  Counts ours(const Program& program, const std::vector<std::string>& options = {}) const;

 private:
  ToolFolder folder_;
};

}  // namespace countercheck
