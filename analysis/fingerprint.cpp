#include "analysis/fingerprint.hpp"

#include <fmt/format.h>

namespace countercheck {
namespace {

using Field = std::string (*)(const Machine&);

std::string caches_of(const Machine& machine) {
  std::string text;
  for (const Cache& cache : machine.caches) {
    if (!text.empty()) text += ", ";
    text += fmt::format("L{} {} {} KiB {}-way", cache.level, cache.type, cache.bytes / 1024, cache.ways);
  }
  return text;
}

std::string number(std::uint64_t value) {
  return value == 0 ? "" : std::to_string(value);
}

// Of Machine, its fingerprint. Not in it: what the user may do (paranoid, the CPUs allowed), how much memory there is,
// and the distribution, which comes with the program that is measured rather than with the machine.
struct Part {
  const char* what;
  Field value;
  bool of_kernel;  // the kernel's counts depend on it too: it decides which memory comes in one page
};
constexpr Part kParts[] = {
    {"the processor", [](const Machine& machine) { return machine.cpu; }, false},
    {"the processor's id", [](const Machine& machine) { return machine.cpu_id; }, false},
    {"the architecture", [](const Machine& machine) { return machine.architecture; }, true},
    {"the hypervisor", [](const Machine& machine) { return machine.hypervisor; }, false},
    {"the number of CPUs", [](const Machine& machine) { return number(machine.cpus); }, false},
    {"the caches", caches_of, false},
    {"the kernel", [](const Machine& machine) { return machine.kernel; }, false},
    {"the page size", [](const Machine& machine) { return number(machine.page); }, true},
    {"transparent huge pages", [](const Machine& machine) { return machine.huge_pages; }, true},
};

void compare(const char* what, std::string baseline, std::string candidate, std::vector<Difference>& found) {
  if (baseline != candidate) found.push_back({what, std::move(baseline), std::move(candidate)});
}

std::vector<Difference> between_simulations(const Experiment& baseline, const Experiment& candidate) {
  std::vector<Difference> found;
  const Simulation none;
  const Simulation& a = baseline.simulation ? *baseline.simulation : none;
  const Simulation& b = candidate.simulation ? *candidate.simulation : none;
  compare("the simulator", a.engine, b.engine, found);
  compare("the simulated machine", a.machine, b.machine, found);
  compare("the simulated caches", a.caches, b.caches, found);
  compare("what simulated programs run on", baseline.machine.architecture, candidate.machine.architecture, found);
  return found;
}

}  // namespace

Place place_of(Source source, Unit unit) {
  if (source == Source::sim) return Place::simulator;
  const bool by_kernel = source == Source::kernel || source == Source::rusage;
  return by_kernel && unit != Unit::nanoseconds ? Place::kernel : Place::hardware;
}

std::vector<Difference> differences(const Experiment& baseline, const Experiment& candidate, Place place) {
  if (place == Place::simulator) return between_simulations(baseline, candidate);
  std::vector<Difference> found;
  for (const Part& part : kParts) {
    if (place == Place::kernel && !part.of_kernel) continue;
    compare(part.what, part.value(baseline.machine), part.value(candidate.machine), found);
  }
  return found;
}

std::string listed_differences(const std::vector<Difference>& differences) {
  std::string text;
  for (std::size_t at = 0; at < differences.size(); ++at) {
    const auto& [what, baseline, candidate] = differences[at];
    const auto shown = [](const std::string& value) { return value.empty() ? std::string("none told") : value; };
    text += at == 0 ? "" : at + 1 == differences.size() ? " and " : ", ";
    text += fmt::format("{} ({}; {})", what, shown(baseline), shown(candidate));
  }
  return text;
}

}  // namespace countercheck
