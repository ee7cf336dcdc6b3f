#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "analysis/gate.hpp"

namespace countercheck {

// Where a gate's answer goes beside standard output: files, and GitHub's workflow.
class GateOutput {
 public:
  void declare(CLI::App& app);

  // Prints and writes what was asked for. Throws UserError for a file that cannot be written.
  void put(const Gate& gate, bool quiet) const;

 private:
  bool in_workflow() const;

  std::string form_ = "text";
  std::string junit_;
  std::string json_;
  bool github_ = false;
  CLI::Option* github_option_ = nullptr;
};

}  // namespace countercheck
