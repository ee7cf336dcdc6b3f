#include "cli/simulated_command.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/workload_catalogue.hpp"
#include "counters/nearest.hpp"
#include "counters/user_error.hpp"
#include "experiment/ending.hpp"

namespace countercheck {
namespace {

// JOB/VARIANT has a slash, and is no path from here or from the root.
bool is_program(const std::string& word) {
  return word.find('/') == std::string::npos || word.starts_with('.') || word.starts_with('/');
}

void check_variant(const WorkloadFamily& family, const std::string& name) {
  std::vector<std::string> names;
  for (const auto& variant : family.variants) names.push_back(variant.name);
  if (std::find(names.begin(), names.end(), name) != names.end()) return;
  throw UserError(Trouble::usage, fmt::format("{} has no variant '{}'{}: countercheck list workloads shows them all",
                                              family.name, name, did_you_mean(name, names)));
}

}  // namespace

SimulatedCommand choose_command(const std::vector<std::string>& words) {
  SimulatedCommand command{.shown = command_line(words), .words = words};
  if (is_program(words.front())) return command;
  const std::string& first = words.front();
  const auto slash = first.find('/');
  const auto family = find_workload(first.substr(0, slash));
  if (!family || !family->missing.empty()) return command;
  check_variant(*family, first.substr(slash + 1));
  command.built_in = true;
  command.words.insert(command.words.begin(), family->program.begin(), family->program.end());
  const bool told =
      std::any_of(words.begin(), words.end(), [](const std::string& word) { return word.starts_with("--iterations"); });
  if (told || !family->steps_alike || family->iterations <= kSimulatedSteps) return command;
  command.words.insert(command.words.end(), {"--iterations", std::to_string(kSimulatedSteps)});
  command.shortened = ShortRun{command.words, kSimulatedSteps, family->iterations};
  return command;
}

}  // namespace countercheck
