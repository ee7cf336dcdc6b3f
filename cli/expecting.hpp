#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "counters/event.hpp"
#include "experiment/results.hpp"

namespace countercheck {

// What is expected of a comparison, for every subcommand that measures one.
struct ExpectationChoice {
  std::vector<std::string> texts{};

  void declare(CLI::App& app);
};

// Reads Terms::expectations before anything is measured: throws UserError for a mistake in one, and for a variant or an
// event that is none. Adds to `events` what they read and nobody asked for.
void prepare_expectations(const Experiment& experiment, std::vector<Event>& events);

// Whether one of them is refuted, at any point of a scan.
bool any_refuted(const Experiment& experiment);

}  // namespace countercheck
