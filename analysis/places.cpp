#include "analysis/places.hpp"

#include <fmt/format.h>

#include "experiment/fingerprint.hpp"

namespace countercheck {
namespace {

// What decides which memory comes in one page, and whose programs they are.
Machine as_divided(const Machine& machine) {
  return {.architecture = machine.architecture, .page = machine.page, .huge_pages = machine.huge_pages};
}

void compare(const char* what, const std::string& baseline, const std::string& candidate,
             std::vector<std::string>& found) {
  if (baseline != candidate) found.push_back(fmt::format("{} {}, not {}", what, candidate, baseline));
}

std::vector<std::string> between_simulations(const Experiment& baseline, const Experiment& candidate) {
  std::vector<std::string> found;
  const Simulation none{.engine = "none", .machine = "none", .caches = "none"};
  const Simulation& a = baseline.simulation ? *baseline.simulation : none;
  const Simulation& b = candidate.simulation ? *candidate.simulation : none;
  compare("the simulator is", a.engine, b.engine, found);
  compare("the simulated machine is", a.machine, b.machine, found);
  compare("the simulated caches are", a.caches, b.caches, found);
  compare("the architecture is", baseline.machine.architecture, candidate.machine.architecture, found);
  return found;
}

}  // namespace

Place place_of(Source source, Unit unit) {
  if (source == Source::sim) return Place::simulator;
  const bool by_kernel = source == Source::kernel || source == Source::rusage;
  return by_kernel && unit != Unit::nanoseconds ? Place::kernel : Place::hardware;
}

std::vector<std::string> differences(const Experiment& baseline, const Experiment& candidate, Place place) {
  switch (place) {
    case Place::simulator:
      return between_simulations(baseline, candidate);
    case Place::kernel:
      return differences(as_divided(candidate.machine), as_divided(baseline.machine));
    case Place::hardware:
      break;
  }
  return differences(candidate.machine, baseline.machine);
}

}  // namespace countercheck
