#pragma once

#include <CLI/CLI.hpp>

#include "experiment/results.hpp"
#include "experiment/suite.hpp"

namespace countercheck {

// What is stated before the first sample and judged after the last, as the command line says it: the options that all
// that gives verdicts shares.
struct TermsChoice {
  void declare(CLI::App& app);

  // Takes from a suite what the options do not say; not its expectations, which are on its own variants.
  void take_from(const Suite& suite);

  // What the options say. Throws UserError for an expectation that cannot be read.
  Terms terms() const;

 private:
  double tolerance_ = 1;    // percent
  double confidence_ = 95;  // percent
  std::vector<std::string> expectations_{};
  CLI::Option* tolerance_option_ = nullptr;
  CLI::Option* confidence_option_ = nullptr;
};

}  // namespace countercheck
