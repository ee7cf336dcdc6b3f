#pragma once

#include <CLI/CLI.hpp>
#include <optional>

#include "experiment/results.hpp"
#include "experiment/suite.hpp"

namespace countercheck {

// When a difference counts as one: the options that all that compares shares. What is not said here a suite may have.
struct TermsChoice {
  std::optional<double> tolerance{};   // percent
  std::optional<double> confidence{};  // percent
  std::optional<bool> again{};         // measure the baseline twice

  void declare(CLI::App& app);

  // Takes the place of what the suite says.
  void apply(Suite& suite) const;

  // The two figures, from here or else from the suite.
  Terms terms(const Suite& suite) const;
};

}  // namespace countercheck
