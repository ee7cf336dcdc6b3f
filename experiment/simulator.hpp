#pragma once

#include <memory>
#include <string>
#include <vector>

#include "counters/event.hpp"
#include "experiment/launch.hpp"
#include "experiment/results.hpp"
#include "simulator/engine.hpp"

namespace countercheck {

// Runs one command at a time under the simulator: Valgrind as the launched program, in an environment on which the
// counts do not depend, its files in a folder that goes away with the run.
class Simulator {
 public:
  // `settings` as for a measured run; its countables are not used. The order of `events` is that of the readings.
  Simulator(Engine engine, SimulatedMachine machine, std::vector<Event> events, LaunchSettings settings);

  // The simulated sample of one variant. What could not be simulated is absent with the reason; where the run or one of
  // its processes did not end in order, all is.
  Sample run(const std::string& program, const Variant& variant);

  const Engine& engine() const { return engine_; }
  const SimulatedMachine& machine() const { return machine_; }

  // What the results say of it.
  Simulation description() const;

 private:
  Sample not_run(const Absence& why) const;

  Engine engine_;
  SimulatedMachine machine_;
  std::vector<Event> events_;
  LaunchSettings settings_;
  std::unique_ptr<Launcher>
      launcher_;  // made by the first run: it takes signals, which no other launcher must find taken
};

}  // namespace countercheck
