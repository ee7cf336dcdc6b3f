#include "experiment/simulator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <optional>

#include "experiment/ending.hpp"
#include "experiment/private_folder.hpp"
#include "simulator/avx512.hpp"
#include "simulator/cache_summary.hpp"
#include "simulator/cachegrind.hpp"
#include "simulator/controlled_environment.hpp"
#include "simulator/simulated_events.hpp"

namespace countercheck {
namespace {

Absence not_simulated(std::string sentence) {
  return {AbsenceReason::not_simulated, std::move(sentence)};
}

// Why a run of the simulator gives no counts, if it gives none. `words` is what Valgrind or the program said last.
std::optional<Absence> lack_of_counts(const Sample& sample, const Variant& variant, const RunCounts& counts,
                                      const std::string& words) {
  const std::string said = words.empty() ? "" : ": " + words;
  if (sample.ending != Ending::completed) {
    return not_simulated("under the simulator, " + explain_ending(sample, variant) + said);
  }
  if (!counts.lost.empty()) {
    const std::string more =
        counts.lost.size() > 1 ? fmt::format(" (and {} more like it)", counts.lost.size() - 1) : "";
    return not_simulated(counts.lost.front() + more);
  }
  if (counts.processes.empty()) return not_simulated("the simulator left no counts" + said);
  return std::nullopt;
}

// Why a region has no counts, if it has none: the tool and the marks' own lines must both have seen it.
std::optional<Absence> lack_of_region(const RunCounts& counts, const Sample& sample) {
  std::uint64_t entries = 0;
  for (const auto& process : counts.processes) entries += process.entries.value_or(0);
  if (entries > 0) return std::nullopt;
  if (sample.region_entries > 0) {
    return not_simulated(
        "the program's marks do not reach the simulator: build it again with this countercheck/region.h, or install "
        "the Python module with its library");
  }
  return Absence{AbsenceReason::not_marked,
                 "the program marked no region: put countercheck_region_begin() and _end() around the work, or leave "
                 "--region away"};
}

// The simulator sees user mode only.
Reading reading_for(const Event& event, std::variant<std::uint64_t, Absence> value) {
  return {.event = event.name,
          .source = Source::sim,
          .unit = event.unit,
          .privilege = Privilege::user,
          .value = std::move(value)};
}

// An event that no simulation tells is absent for that, whatever became of this one.
std::variant<std::uint64_t, Absence> why_absent(const Event& event, const Absence& lack) {
  if (can_be_simulated(event.name)) return lack;
  return Absence{AbsenceReason::unsupported, "the simulator does not tell it"};
}

std::variant<std::uint64_t, Absence> value_for(const Event& event, const SimulatedCounts& counts) {
  auto count = simulated_count(event.name, counts);
  if (const auto* value = std::get_if<std::uint64_t>(&count)) return *value;
  return not_simulated(std::get<std::string>(count));
}

std::vector<SimulatedProcess> processes_of(const RunCounts& counts) {
  std::vector<SimulatedProcess> processes;
  for (const auto& process : counts.processes) {
    SimulatedProcess one{.pid = process.pid, .image = process.image, .program = process.program};
    for (const auto& thread : process.threads) {
      one.threads.push_back({thread.thread, thread.counts.instructions, last_level_misses(thread.counts)});
    }
    processes.push_back(std::move(one));
  }
  return processes;
}

// What lies on the program's stack beside its environment: the arguments, the program's name (AT_EXECFN), which under
// Valgrind is the first of them as it was written and not the path that was found for it, and what Valgrind adds to the
// environment, which depends on where our tool lies (LD_PRELOAD, VALGRIND_LIB).
std::size_t bytes_beside(const std::vector<std::string>& command, const Engine& engine) {
  std::size_t bytes = command.front().size() + 1 + engine.tool_folder.string().size();
  for (const auto& word : command) bytes += word.size() + 1;
  return bytes;
}

}  // namespace

Simulator::Simulator(Engine engine, SimulatedMachine machine, std::vector<Event> events, LaunchSettings settings,
                     unsigned interleave)
    : engine_(std::move(engine)),
      machine_(std::move(machine)),
      events_(std::move(events)),
      settings_(std::move(settings)),
      interleave_(interleave) {
  settings_.countables.clear();
  settings_.plan = {};
  settings_.randomised = true;  // Valgrind itself says where its program's memory lies
}

SimulatedRun Simulator::simulate(const std::string& program, const std::vector<std::string>& command,
                                 const Surroundings& surroundings, bool attribution) {
  // It ends as a program that this processor cannot run.
  if (const auto evidence = avx512_evidence(program)) {
    return {.sample = {.ending = Ending::not_started, .status = ENOEXEC}, .lack = not_simulated(*evidence)};
  }
  if (!launcher_) launcher_ = std::make_unique<Launcher>(settings_);
  const PrivateFolder folder;
  auto variables = launcher_->variables();
  set_variables(variables, surroundings.environment);
  set_variables(variables, engine_variables(engine_));
  const auto environment = controlled_environment(variables, bytes_beside(command, engine_));
  const auto words = simulated_words(
      engine_, machine_, {.region = settings_.region, .attribution = attribution, .interleave = interleave_},
      folder.path(), command);

  SimulatedRun run{.sample =
                       launcher_->launch_with(engine_.valgrind, words, environment.variables, surroundings.folder)};
  run.counts = read_counts(engine_, folder.path());
  std::string said = complaint_in(folder.path());
  if (said.empty()) said = launcher_->output().last_lines(1);
  run.lack = lack_of_counts(run.sample, Variant{.command = command}, run.counts, said);
  if (!run.lack && settings_.region) run.lack = lack_of_region(run.counts, run.sample);
  if (!run.lack && attribution) run.where = read_attribution(folder.path());
  return run;
}

SimulatedRun Simulator::attribute(const std::string& program, const std::vector<std::string>& command) {
  return simulate(program, command, {}, true);
}

Sample Simulator::run(const std::string& program, const Variant& variant) {
  const auto& command = variant.simulated ? variant.simulated->command : variant.command;
  SimulatedRun run = simulate(program, command, {.environment = variant.environment, .folder = variant.folder}, false);
  Sample sample = std::move(run.sample);
  sample.pass = Pass::simulated;
  const SimulatedCounts sum = sum_of(run.counts.processes);
  for (const auto& event : events_) {
    sample.readings.push_back(reading_for(event, run.lack || !can_be_simulated(event.name)
                                                     ? why_absent(event, run.lack.value_or(Absence{}))
                                                     : value_for(event, sum)));
  }
  if (!run.lack) sample.processes = processes_of(run.counts);
  return sample;
}

Simulation Simulator::description() const {
  Simulation simulation{.engine = engine_name(engine_), .machine = machine_.name, .caches = cache_summary(machine_)};
  if (engine_.kind == EngineKind::cachegrind) {
    const CachegrindCaches caches = cachegrind_caches(machine_.model);
    simulation.caches = caches.described;
    simulation.notes = caches.notes;
  }
  if (interleave_ != kUsualTurn)
    simulation.notes.push_back(fmt::format("threads take turns of {} of code",
                                           interleave_ == 1 ? "one block" : fmt::format("{} blocks", interleave_)));
  simulation.pinned = controlled_environment(inherited_variables(), 0).pinned;
  return simulation;
}

}  // namespace countercheck
