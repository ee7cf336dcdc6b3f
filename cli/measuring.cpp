#include "cli/measuring.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <optional>

#include "analysis/comparison.hpp"
#include "analysis/metrics.hpp"
#include "analysis/stopping.hpp"
#include "cli/accepted.hpp"
#include "cli/exit_status.hpp"
#include "cli/expecting.hpp"
#include "cli/meanings_here.hpp"
#include "cli/progress.hpp"
#include "cli/terminal.hpp"
#include "cli/utc_now.hpp"
#include "counters/countable.hpp"
#include "counters/user_error.hpp"
#include "experiment/counting.hpp"
#include "experiment/pinning.hpp"
#include "experiment/points.hpp"
#include "experiment/runner.hpp"
#include "experiment/steadiness.hpp"
#include "simulator/simulated_events.hpp"

namespace countercheck {
namespace {

Course worse(const Course& a, const Course& b) {
  return {.not_started = a.not_started || b.not_started,
          .failed = a.failed || b.failed,
          .timed_out = a.timed_out || b.timed_out,
          .interrupted_by = a.interrupted_by ? a.interrupted_by : b.interrupted_by};
}

int status_of(const Course& course, const Experiment& experiment) {
  if (const auto status = countercheck::status_of(course)) return *status;
  if (experiment.kind != Kind::comparison) return kSuccess;
  const auto points = split_by_parameters(experiment);
  const auto wrong = [](const Experiment& point) {
    const auto columns = compare_variants(point).columns;
    return any_refuted(point) ||
           std::any_of(columns.begin(), columns.end(), [](const Column& column) { return column.excluded; });
  };
  return std::any_of(points.begin(), points.end(), wrong) ? kFinding : kSuccess;
}

Backend backend_from(const std::string& word) {
  return word == "perf" ? Backend::perf : word == "papi" ? Backend::papi : Backend::automatic;
}

// What PAPI was to count and does not: a sentence for each of its reasons.
void note_not_by_papi(const std::vector<Countable>& countables, std::vector<std::string>& notes) {
  std::map<std::string, std::vector<std::string>> events;
  for (const auto& countable : countables) {
    if (countable.not_by_papi) events[countable.not_by_papi->sentence].push_back(countable.event.name);
  }
  for (const auto& [why, names] : events) {
    notes.push_back(fmt::format("PAPI does not count {}: {}", fmt::join(names, ", "), why));
  }
}

// Nothing of the machine's moment is in a simulation: it needs no warming up, and no time to average over.
PlanRequest of_simulation(const PlanRequest& line, PlanRequest request) {
  if (line.seconds) {
    throw UserError(Trouble::usage,
                    "--duration is for measured samples, and every simulation counts the same: say how many with -r");
  }
  request.seconds.reset();
  request.warm_up = 0;
  return request;
}

// Runs the experiment, and notes what stood against steady times meanwhile. A single command is compared with nothing.
Course run_steadily(Experiment& experiment, const std::vector<std::string>& programs, LaunchSettings settings,
                    const Company& company) {
  const bool bound = !settings.cpus.empty();
  const auto cpus = bound ? settings.cpus : allowed_cpus();
  const Steadiness before = read_steadiness(cpus);
  const Enough enough = experiment.plan.stops_early ? Enough(decided) : Enough();
  const Course course = run_experiment(experiment, programs, std::move(settings), company, enough);
  if (experiment.kind == Kind::stat) return course;
  const Steadiness after = read_steadiness(cpus);
  if (before.load && after.load) experiment.load = Load{*before.load, *after.load, cpus.size()};
  for (auto& sentence : unsteadiness(before, after, cpus, bound)) {
    experiment.notes.push_back(std::move(sentence));
  }
  return course;
}

Course clean_up(Experiment& experiment, const Company& company) {
  Course course;
  for (const auto& failure : company.chores.finish()) {
    course.failed = true;
    company.observer.failed(failure.with_output);
    experiment.notes.push_back(failure.sentence);
  }
  course.interrupted_by = company.chores.interrupted_by();
  return course;
}

}  // namespace

void ReportChoice::declare(CLI::App& app) {
  app.add_option("--form", form, "text, markdown or csv")
      ->check(one_of({"text", "markdown", "csv"}))
      ->capture_default_str();
  app.add_flag("--per-item", per_item, "Divide every count by the work items of the region");
}

Measuring::Measuring(CLI::App& app, unsigned rounds, Reporting reporting) : rounds_(rounds) {
  plan_.declare(app, rounds);
  app.add_option("-e,--events", events_,
                 "Events, separated by commas: perf's names, rNNN, pmu/term=value/, libpfm4's native names, PAPI's "
                 "presets; with :u "
                 "or :k for user or kernel alone (default: the book's thirteen and major-faults)");
  app.add_option("--backend", backend_,
                 "auto: the kernel counts, PAPI what only PAPI knows; perf: the kernel alone; papi: PAPI, whatever it "
                 "can")
      ->check(one_of({"auto", "papi", "perf"}).description(""))
      ->type_name("auto|perf|papi")
      ->default_str("auto");
  app.add_flag("--split", split_, "Count every hardware event twice, in user mode (:u) and in the kernel (:k)");
  app.add_flag("--multiplex", multiplex_,
               "Open all events at once and let the kernel take turns with the counters: their counts are then "
               "estimates (default: events that do not fit on the PMU together are counted in several passes)");
  app.add_option("-o,--output", results_, "Write all samples to this results file (JSON), after each sample");
  simulation_.declare(app);
  if (reporting == Reporting::here) report_.declare(app);
  app.add_option("--input", input_, "The standard input of every sample")->default_str("/dev/null");
  app.add_option("--timeout", timeout_, "End a sample after so many seconds")->check(above_zero());
  app.add_flag("--show-output", show_output_, "Let the measured command write to the terminal");
  app.add_flag("-i,--ignore-failure", ignore_failure_, "Use samples with a non-zero exit status as well");
  app.add_flag("-q,--quiet", quiet_, "No progress and no report, only errors: for use with -o");
}

std::vector<Event> Measuring::chosen_events(const Experiment& experiment) const {
  std::vector<Event> events = events_                 ? parse_events(*events_)
                              : usual_events_.empty() ? default_event_list()
                                                      : parse_events(fmt::format("{}", fmt::join(usual_events_, ",")));
  if (!events_ && usual_events_.empty() && simulation_.replaces_counters(experiment.region)) {
    // A PMU would have to share its few counters among them; the simulator knows these anyway.
    for (auto& event : parse_events("L1-dcache-loads,L1-dcache-load-misses")) {
      const auto place =
          std::find_if(events.begin(), events.end(), [](const Event& e) { return e.name == "branches"; });
      events.insert(place, std::move(event));
    }
  }
  if (!events_ && simulation_.source == SourceChoice::sim) {
    std::erase_if(events, [](const Event& event) { return !can_be_simulated(event.name); });
  }
  if (split_) events = split_by_privilege(events);
  prepare_expectations(experiment, events);
  choose_backend(backend_from(backend_.value_or("auto")), events);
  return events;
}

void Measuring::take_from(const Suite& suite) {
  if (!events_) events_ = suite.events;
  if (!backend_) backend_ = suite.backend;
  if (!input_ && suite.input) input_ = (std::filesystem::path(suite.folder) / *suite.input).lexically_normal();
  if (!timeout_) timeout_ = suite.timeout;
  split_ = split_ || suite.split.value_or(false);
  multiplex_ = multiplex_ || suite.multiplex.value_or(false);
  ignore_failure_ = ignore_failure_ || suite.ignore_failure.value_or(false);
  simulation_.take_from(suite);
}

void Measuring::put_into(Suite& suite) const {
  suite.plan = plan_.request.or_else(suite.plan);
  if (events_) suite.events = events_;
  if (backend_) suite.backend = backend_;
  if (input_) suite.input = std::filesystem::absolute(*input_).lexically_normal();
  if (timeout_) suite.timeout = timeout_;
  if (split_) suite.split = true;
  if (multiplex_) suite.multiplex = true;
  if (ignore_failure_) suite.ignore_failure = true;
  simulation_.put_into(suite);
}

std::optional<int> status_of(const Course& course) {
  if (course.interrupted_by != 0) return kSignalled + course.interrupted_by;
  if (course.not_started) return kNotStarted;
  if (course.failed) return kCommandFailed;
  if (course.timed_out) return kTimedOut;
  return std::nullopt;
}

std::vector<std::string> Measuring::named_events() const {
  std::vector<std::string> names;
  if (!events_) return names;
  for (const auto& event : parse_events(*events_)) names.push_back(event.name);
  return names;
}

int Measuring::measure(Experiment experiment, const PlanRequest& suite) {
  const Course course = take_samples(experiment, suite);
  if (!quiet_) print_report(experiment, report_);
  return status_of(course, experiment);
}

Course Measuring::take_samples(Experiment& experiment, const PlanRequest& suite) {
  const bool simulated_only = simulation_.source == SourceChoice::sim;
  std::vector<Event> events = chosen_events(experiment);
  if (!simulated_only) append_constant_events(events);

  LaunchSettings settings;
  if (simulated_only) {
    settings.countables = settle(events, read_access());
    for (const auto& event : events) experiment.events.push_back(event.name);
  } else {
    Counting counting = prepare_counting(std::move(events), multiplex_, companions, this_place(), experiment);
    settings.countables = std::move(counting.countables);
    settings.plan = std::move(counting.plan);
    events.clear();
    for (const auto& countable : settings.countables) events.push_back(countable.event);
  }
  note_not_by_papi(settings.countables, experiment.notes);
  experiment.meanings = meanings_here(settings.countables, experiment.notes);
  settings.region = experiment.region;
  settings.show_output = show_output_;
  settings.allow_failure = ignore_failure_;
  settings.input = input_.value_or("/dev/null");
  if (timeout_) {
    settings.timeout = std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::duration<double>(*timeout_));
  }

  experiment.tool_version = COUNTERCHECK_VERSION;
  PlanRequest request = plan_.request.or_else(suite);
  if (simulated_only) request = of_simulation(plan_.request, request);
  // The same counts come out of every simulation: more than one is for who wants to see that.
  settle_plan(experiment, request, simulated_only ? 1 : rounds_);
  settle_place(experiment, request, settings);
  experiment.began = utc_now();
  const auto programs = find_programs(experiment.variants);
  auto simulator = simulation_.make_simulator(experiment, events, settings);
  std::optional<ResultsFile> file;
  if (!results_.empty()) {
    experiment.machine = this_machine();
    file.emplace(results_, experiment);
  }

  Course course;
  {
    Progress progress(quiet_);
    Chores chores(experiment);
    const Company company{.file = file ? &*file : nullptr, .observer = progress, .chores = chores};
    if (!simulated_only) course = run_steadily(experiment, programs, std::move(settings), company);
    if (simulator && course.interrupted_by == 0) {
      const unsigned rounds = simulated_only ? experiment.rounds : 1;
      course = worse(course, simulate_experiment(experiment, programs, *simulator, rounds, company));
    }
    course = worse(course, clean_up(experiment, company));
  }
  if (file) file->finish(experiment);
  // Some metrics depend on the machine. Examining it takes memory, below whose peak no program's own can be told.
  if (!file && !quiet_) experiment.machine = this_machine();
  return course;
}

void print_report(const Experiment& experiment, const ReportChoice& choice) {
  const ReportOptions options{
      .width = terminal_width(), .colour = wants_colour(), .utf8 = shows_utf8(), .per_item = choice.per_item};
  const auto report = make_report(form_from(choice.form).value_or(Form::text), experiment, options);
  write_to_stdout([&](std::ostream& out) { report->render(out); },
                  "results can be kept in a file with -o and printed again with countercheck report");
}

}  // namespace countercheck
