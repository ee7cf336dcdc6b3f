#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "counters/event.hpp"
#include "experiment/launch.hpp"
#include "experiment/results.hpp"
#include "experiment/simulator.hpp"
#include "experiment/suite.hpp"

namespace countercheck {

enum class SourceChoice {
  automatic,  // measured where it can be, simulated for the rest
  sim,
  measured,
};

// Who simulates on this machine, or why nobody can; beside our own executable and on PATH.
std::variant<Engine, std::string> engine_here();

// What `run` and `stat` are told of the simulator.
struct SimulationChoice {
  SourceChoice source = SourceChoice::automatic;
  std::optional<std::string> machine{};  // named or a file; empty: host, where something must be simulated
  bool scale = false;
  CLI::Option* source_option = nullptr;
  std::optional<unsigned> interleave{};  // blocks of code a simulated thread runs before another's turn

  void declare(CLI::App& app);

  // Takes from a suite what the options do not say.
  void take_from(const Suite& suite);

  // Puts into a suite what the options say.
  void put_into(Suite& suite) const;

  // Whether the simulator takes the place of the processor's counters: it was asked to, or there are none and it can.
  bool replaces_counters(bool region) const;

  // The simulator, where one is needed and to be had; fills in experiment.simulation. With `automatic`, its lack is a
  // note of the experiment; where it was asked for, by --source sim or --machine, it is a UserError. An event that a
  // counter gives is simulated as well where the machine was named, for comparison.
  std::optional<Simulator> make_simulator(Experiment& experiment, const std::vector<Event>& events,
                                          const LaunchSettings& settings) const;
};

}  // namespace countercheck
