#include "cli/simulating.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "cli/accepted.hpp"
#include "counters/user_error.hpp"
#include "experiment/program.hpp"
#include "simulator/machines/machine_catalogue.hpp"
#include "simulator/simulated_events.hpp"

namespace countercheck {
namespace {

const std::map<std::string, SourceChoice>& source_words() {
  static const std::map<std::string, SourceChoice> words = {
      {"auto", SourceChoice::automatic}, {"sim", SourceChoice::sim}, {"measured", SourceChoice::measured}};
  return words;
}

// Whether there is anything for the simulator to do.
bool something_to_simulate(const std::vector<Countable>& countables, const SimulationChoice& choice) {
  return std::any_of(countables.begin(), countables.end(), [&](const Countable& countable) {
    const bool counted = !std::holds_alternative<Absence>(countable.by);
    const bool wanted = !counted || choice.machine || choice.source == SourceChoice::sim;
    return wanted && can_be_simulated(countable.event.name);
  });
}

// The engine, or why there is none for what is to be counted.
std::variant<Engine, std::string> usable_engine(bool region) {
  auto found = engine_here();
  const auto* const engine = std::get_if<Engine>(&found);
  if (engine && region && engine->kind == EngineKind::cachegrind) {
    return fmt::format("Cachegrind, the simulator here, cannot count a marked region: {}", engine->why_not_ours);
  }
  return found;
}

}  // namespace

std::variant<Engine, std::string> engine_here() {
  const auto valgrind = find_program("valgrind");
  const auto* const path = std::get_if<std::string>(&valgrind);
  std::error_code error;
  return find_engine(path ? *path : "", std::filesystem::read_symlink("/proc/self/exe", error));
}

void SimulationChoice::declare(CLI::App& app) {
  source_option =
      app.add_option(
             "--source", source,
             "auto: count what can be counted here and simulate the rest, in a run of its own; sim: simulate only; "
             "measured: never simulate")
          ->transform(one_of(source_words()))
          ->type_name("auto|sim|measured")
          ->default_str("auto");
  app.add_option("--machine", machine,
                 "The machine to simulate, by name or file (default: host, this one); events that can be counted are "
                 "then simulated as well, for comparison");
  app.add_option("--interleave", interleave,
                 "Simulated threads take turns of so many blocks of code: 1 shows best which lines they fight for, and "
                 "is slow")
      ->check(between(1U, kGreatestInterleave))
      ->type_name("BLOCKS")
      ->default_str(std::to_string(kUsualTurn));
  app.add_flag("--scale", scale, "Scale counts of a simulation that did fewer steps to the steps of a measured run");
}

void SimulationChoice::take_from(const Suite& suite) {
  if (suite.source && source_option->count() == 0) source = source_words().at(*suite.source);
  // A machine is for comparison as well; --source measured on the line asks for neither.
  if (!machine && source != SourceChoice::measured) machine = suite.machine;
  if (!interleave) interleave = suite.interleave;
  scale = scale || suite.scale.value_or(false);
}

void SimulationChoice::put_into(Suite& suite) const {
  for (const auto& [word, choice] : source_words()) {
    if (source_option->count() > 0 && choice == source) suite.source = word;
  }
  if (machine) suite.machine = machine;
  if (interleave) suite.interleave = interleave;
  if (scale) suite.scale = true;
}

bool SimulationChoice::replaces_counters(bool region) const {
  if (source != SourceChoice::automatic) return source == SourceChoice::sim;
  const auto instructions = settle({parse_event("instructions")}, read_access());
  return std::holds_alternative<Absence>(instructions.front().by) &&
         std::holds_alternative<Engine>(usable_engine(region));
}

std::optional<Simulator> SimulationChoice::make_simulator(Experiment& experiment, const std::vector<Event>& events,
                                                          const LaunchSettings& settings) const {
  if (source == SourceChoice::measured) {
    if (machine)
      throw UserError(Trouble::usage, "--machine names what is simulated: leave it or --source measured away");
    return std::nullopt;
  }
  if (!something_to_simulate(settings.countables, *this)) {
    if (source == SourceChoice::automatic) return std::nullopt;
    throw UserError(Trouble::usage,
                    "the simulator tells none of these events: leave --source sim away, or ask for instructions, "
                    "branches, cache misses (countercheck list events)");
  }
  auto engine = usable_engine(experiment.region);
  if (const auto* why = std::get_if<std::string>(&engine)) {
    if (source == SourceChoice::sim || machine) throw UserError(Trouble::not_started, *why);
    experiment.notes.push_back("nothing was simulated: " + *why);
    return std::nullopt;
  }
  LaunchSettings launch = settings;
  // The program has already written what it writes.
  if (source == SourceChoice::automatic) launch.show_output = false;
  std::optional<Simulator> simulator;
  simulator.emplace(std::get<Engine>(engine), find_machine(machine.value_or("host")), events, std::move(launch),
                    interleave.value_or(kUsualTurn));
  experiment.simulation = simulator->description();
  experiment.simulation->scaled = scale;
  return simulator;
}

}  // namespace countercheck
