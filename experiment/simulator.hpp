#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "counters/event.hpp"
#include "experiment/launch.hpp"
#include "experiment/results.hpp"
#include "simulator/attribution.hpp"
#include "simulator/engine.hpp"

namespace countercheck {

// One run under the simulator: how it ended, and what it counted or why that is nothing.
struct SimulatedRun {
  Sample sample{};  // without readings
  RunCounts counts{};
  Attribution where{};  // empty unless asked for
  std::optional<Absence> lack{};
};

// Runs one command at a time under the simulator: Valgrind as the launched program, in an environment on which the
// counts do not depend, its files in a folder that goes away with the run.
class Simulator {
 public:
  // `settings` as for a measured run; its countables are not used. The order of `events` is that of the readings.
  // `interleave` as in ToolTask.
  Simulator(Engine engine, SimulatedMachine machine, std::vector<Event> events, LaunchSettings settings,
            unsigned interleave = kUsualTurn);

  // The simulated sample of one variant. What could not be simulated is absent with the reason; where the run or one of
  // its processes did not end in order, all is.
  Sample run(const std::string& program, const Variant& variant);

  // One run of a command that also tells where its counts come from; for our own tool only. Needs no events.
  SimulatedRun attribute(const std::string& program, const std::vector<std::string>& command);

  const Engine& engine() const { return engine_; }
  const SimulatedMachine& machine() const { return machine_; }

  // What the results say of it.
  Simulation description() const;

 private:
  SimulatedRun simulate(const std::string& program, const std::vector<std::string>& command,
                        const Surroundings& surroundings, bool attribution);

  Engine engine_;
  SimulatedMachine machine_;
  std::vector<Event> events_;
  LaunchSettings settings_;
  unsigned interleave_;
  std::unique_ptr<Launcher>
      launcher_;  // made by the first run: it takes signals, which no other launcher must find taken
};

}  // namespace countercheck
