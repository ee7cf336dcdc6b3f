#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <cctype>
#include <chrono>
#include <map>

#include "cli/accepted.hpp"
#include "cli/exit_status.hpp"
#include "cli/progress.hpp"
#include "cli/simulated_command.hpp"
#include "cli/simulating.hpp"
#include "cli/slip.hpp"
#include "cli/source_listing.hpp"
#include "cli/subcommand.hpp"
#include "cli/terminal.hpp"
#include "counters/user_error.hpp"
#include "experiment/program.hpp"
#include "reports/misses_report.hpp"
#include "reports/sentences.hpp"
#include "simulator/machines/machine_catalogue.hpp"

namespace countercheck {
namespace {

// As loads and stores meet the levels: "L1d", "L2".
std::vector<std::string> data_level_names(const SimulatedMachine& machine) {
  std::vector<std::string> names = machine.level_names;
  for (std::size_t level = 0; level < names.size(); ++level) {
    if (machine.model.levels[level].split) names[level] += 'd';
  }
  return names;
}

std::string lower(std::string text) {
  for (char& letter : text) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return text;
}

std::size_t level_named(const std::string& name, const std::vector<std::string>& names, const std::string& machine) {
  if (lower(name) == "last") return names.size() - 1;
  for (std::size_t level = 0; level < names.size(); ++level) {
    if (lower(name) == lower(names[level]) || lower(name) + "d" == lower(names[level])) return level;
  }
  throw UserError(Trouble::usage, fmt::format("the machine {} has no cache '{}': give one of {}, or last", machine,
                                              name, listed(names)));
}

// The trouble of a run that gave no counts.
UserError failure_of(const SimulatedRun& run) {
  const std::string& sentence = run.lack->sentence;
  switch (run.sample.ending) {
    case Ending::completed:
      return {run.lack->reason == AbsenceReason::not_marked ? Trouble::usage : Trouble::failed, sentence};
    case Ending::failed:
    case Ending::signalled:
      return {Trouble::failed, sentence};
    case Ending::timed_out:
      return {Trouble::timed_out, sentence};
    case Ending::not_started:
      return {Trouble::not_started, sentence};
    case Ending::interrupted:
      break;
  }
  return {Trouble::interrupted, sentence, run.sample.status};
}

Engine attributing_engine() {
  auto found = engine_here();
  if (const auto* why = std::get_if<std::string>(&found)) throw UserError(Trouble::not_started, *why);
  auto& engine = std::get<Engine>(found);
  if (engine.kind == EngineKind::countercheck) return std::move(engine);
  throw UserError(Trouble::not_started,
                  fmt::format("Cachegrind, the simulator here, does not tell whose misses they are: {}; install "
                              "countercheck with it",
                              engine.why_not_ours));
}

class MissesCommand : public Subcommand {
 public:
  explicit MissesCommand(CLI::App& parent)
      : Subcommand(parent.add_subcommand(
            "misses", "Simulate one command and say where its cache misses are: arrays, functions, lines")) {
    app()->add_option("--machine", machine_, "The machine to simulate, by name or file")->capture_default_str();
    app()
        ->add_option("--level", level_, "The cache that the tables are about: L1, L2, ... or last")
        ->capture_default_str();
    auto* const region =
        app()->add_flag("--region", region_, "Count only between the marks (default for a built-in variant)");
    app()->add_flag("--whole", whole_, "Count the whole process (default for a command)")->excludes(region);
    app()
        ->add_option("-n,--lines", lines_, "Rows of each table")
        ->check(between(1U, 1'000'000U))
        ->capture_default_str();
    app()->add_option("--annotate", listing_.code,
                      "List the source of this function or file (default: the function with the most misses)");
    app()
        ->add_option("--sources", listing_.folders,
                     "A folder where source files lie that are not where they were compiled")
        ->check(CLI::ExistingDirectory)
        ->allow_extra_args(false);
    app()
        ->add_option("--form", form_, "text, markdown, csv or json")
        ->transform(one_of(kForms))
        ->type_name("text|markdown|csv|json")
        ->default_str("text");
    app()->add_option("--input", input_, "The standard input of the command")->capture_default_str();
    app()->add_option("--timeout", timeout_, "End the command after so many seconds")->check(above_zero());
    app()->add_flag("--show-output", show_output_, "Let the command write to the terminal");
    app()->add_flag("-i,--ignore-failure", ignore_failure_, "A non-zero exit status is no failure");
    app()->prefix_command();
    app()->footer(
        "The command follows, best after --:\n"
        "  countercheck misses --machine zen4 -- ./program input.dat\n"
        "  countercheck misses --level last diffusion/roll-add --size 1024");
  }

  int run(const std::vector<std::string>& command) override {
    const SimulatedCommand chosen = choose_command(words(command));
    const Engine engine = attributing_engine();
    const SimulatedMachine machine = find_machine(machine_);
    MissSummary summary{
        .command = chosen.shown, .shortened = chosen.shortened, .level_names = data_level_names(machine)};
    const std::size_t level = level_named(level_, summary.level_names, machine.name);
    const bool region = region_ || (chosen.built_in && !whole_);

    const SimulatedRun run = simulate(engine, machine, chosen, region, summary);
    const SimulatedCounts totals = sum_of(run.counts.processes);
    summary.processes = run.counts.processes.size();
    summary.threads = 0;
    for (const auto& process : run.counts.processes) {
      summary.threads += process.threads.size();
      if (process.entries) summary.entries = summary.entries.value_or(0) + *process.entries;
    }
    summary.tables = miss_tables(run.where, totals, level, lines_);
    summary.listings = source_listings(run.where.sites, level, listing_, summary.notes);

    const ReportOptions options{.width = terminal_width(), .colour = wants_colour()};
    const auto report = make_misses_report(form_, std::move(summary), options);
    write_to_stdout([&](std::ostream& out) { report->render(out); });
    return kSuccess;
  }

 private:
  inline static const std::map<std::string, MissesForm> kForms = {{"text", MissesForm::text},
                                                                  {"markdown", MissesForm::markdown},
                                                                  {"csv", MissesForm::csv},
                                                                  {"json", MissesForm::json}};

  std::vector<std::string> words(const std::vector<std::string>& command) const {
    std::vector<std::string> words = app()->remaining();
    if (!words.empty() && words.front().starts_with('-')) {
      throw UserError(Trouble::usage, explain_slip(*app(), words.front()));
    }
    if (!words.empty() && !command.empty()) words.emplace_back("--");  // it belongs to the command before it
    words.insert(words.end(), command.begin(), command.end());
    if (words.empty())
      throw UserError(Trouble::usage, "misses needs a command to run: countercheck misses -- COMMAND…");
    return words;
  }

  SimulatedRun simulate(const Engine& engine, const SimulatedMachine& machine, const SimulatedCommand& chosen,
                        bool region, MissSummary& summary) const {
    LaunchSettings settings;
    settings.region = region;
    settings.show_output = show_output_;
    settings.allow_failure = ignore_failure_;
    settings.input = input_;
    if (timeout_ > 0) {
      settings.timeout = std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::duration<double>(timeout_));
    }
    const auto program = find_program(chosen.words.front());
    if (const int* error = std::get_if<int>(&program)) {
      throw UserError(Trouble::not_started, explain_not_started(chosen.words.front(), *error));
    }
    Simulator simulator(engine, machine, {}, std::move(settings));
    summary.simulation = simulator.description();
    Progress progress(false);
    progress.about_to_launch({}, {.pass = Pass::simulated, .total = 1});
    SimulatedRun run = simulator.attribute(std::get<std::string>(program), chosen.words);
    if (run.lack) throw failure_of(run);
    return run;
  }

  std::string machine_ = "host";
  std::string level_ = "L1";
  bool region_ = false;
  bool whole_ = false;
  unsigned lines_ = 10;
  ListingChoice listing_;
  MissesForm form_ = MissesForm::text;
  std::string input_ = "/dev/null";
  double timeout_ = 0;
  bool show_output_ = false;
  bool ignore_failure_ = false;
};

}  // namespace

std::unique_ptr<Subcommand> make_misses(CLI::App& parent) {
  return std::make_unique<MissesCommand>(parent);
}

}  // namespace countercheck
