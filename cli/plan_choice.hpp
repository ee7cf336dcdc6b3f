#pragma once

#include <CLI/CLI.hpp>

#include "experiment/plan.hpp"

namespace countercheck {

// How samples are taken, as the command line asks it: the options that `run`, `stat` and all that compares share.
struct PlanChoice {
  PlanRequest request{};

  // `rounds` is what is taken without -r, as the help tells it.
  void declare(CLI::App& app, unsigned rounds);
};

// --threads, for commands whose number of threads nobody else tells; 0: not said.
void declare_threads(CLI::App& app, unsigned& threads);

}  // namespace countercheck
