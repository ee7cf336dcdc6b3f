#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "experiment/launch.hpp"
#include "experiment/results.hpp"

namespace countercheck {

// A shell command that failed: which and how, and the same with the last lines of its output.
struct ChoreFailure {
  std::string sentence{};
  std::string with_output{};
};

// The shell commands around the samples of each variant (Variant::setup, prepare and cleanup), which nobody counts: run
// by /bin/sh -c in the variant's folder and environment, with their output kept from the terminal. What a command
// leaves running stays: a setup may start a server.
class Chores {
 public:
  explicit Chores(const Experiment& experiment) : experiment_(experiment), begun_(experiment.variants.size()) {}
  ~Chores();
  Chores(const Chores&) = delete;
  Chores& operator=(const Chores&) = delete;

  // Before a sample of the variant: its setup if this is the first, then prepare. Empty when all went well.
  std::optional<ChoreFailure> before_sample(std::size_t variant);

  // The cleanup of every variant whose setup began, whatever came of it.
  std::vector<ChoreFailure> finish();

  int interrupted_by() const { return interrupted_by_; }

 private:
  std::optional<ChoreFailure> run(const char* what, std::size_t variant, const std::string& command);

  const Experiment& experiment_;
  std::vector<bool> begun_;  // of each variant
  std::unique_ptr<Launcher> launcher_{};
  int interrupted_by_ = 0;
};

}  // namespace countercheck
