#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <optional>

#include "analysis/gate.hpp"
#include "analysis/passes.hpp"
#include "cli/builtin_variants.hpp"
#include "cli/exit_status.hpp"
#include "cli/expecting.hpp"
#include "cli/gate_output.hpp"
#include "cli/gate_run.hpp"
#include "cli/gate_side.hpp"
#include "cli/measuring.hpp"
#include "cli/subcommand.hpp"
#include "cli/suite_experiment.hpp"
#include "cli/terms_choice.hpp"
#include "counters/catalogue.hpp"
#include "counters/counted_noun.hpp"
#include "counters/nearest.hpp"
#include "counters/user_error.hpp"
#include "experiment/again.hpp"
#include "experiment/command_words.hpp"
#include "experiment/machine.hpp"
#include "experiment/repository.hpp"
#include "experiment/results_file.hpp"
#include "experiment/suite_variants.hpp"
#include "reports/sentences.hpp"

namespace countercheck {
namespace {

using SideKind = GateSide::Kind;
using Sides = std::array<GateSide, 2>;  // the baseline, the candidate

constexpr unsigned kRounds = 20;  // enough for about a hundred intervals together at 95 %
constexpr std::array<const char*, 2> kNames = {"baseline", "candidate"};

int status_of(Answer answer) {
  switch (answer) {
    case Answer::holds:
      return kSuccess;
    case Answer::undecided:
      return kUndecided;
    case Answer::refuted:
    case Answer::worse:
    case Answer::differs:
      break;
  }
  return kFinding;
}

bool is_file(const GateSide& side) {
  return side.kind == SideKind::file;
}

bool is_constant(const std::string& event) {
  const auto events = constant_events();
  return std::find(events.begin(), events.end(), event) != events.end();
}

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

// "20 rounds, in turns", "each simulated once".
std::string how_often(const Experiment& experiment) {
  const std::string rounds = counted_noun(experiment.rounds, "round");
  if (main_pass(experiment) == Pass::simulated) {
    return experiment.rounds == 1 ? "each simulated once" : "simulated in " + rounds;
  }
  if (experiment.variants.size() == 1) return rounds;
  return rounds + (experiment.plan.order == Order::sequential ? ", one after the other" : ", in turns");
}

class Check : public Subcommand {
 public:
  explicit Check(CLI::App& parent)
      : Subcommand(parent.add_subcommand("check",
                                         "Say whether a candidate may take the baseline's place: holds, worse or "
                                         "undecided")),
        measuring_(*app(), kRounds, Measuring::Reporting::by_others) {
    app()
        ->add_option(
            "--baseline", texts_[0],
            "A command in quotes, a results file or a git revision; command:, file: or rev: before it say which")
        ->required();
    app()->add_option("--candidate", texts_[1], "The same, to be compared with it")->required();
    app()->add_option("--build", build_, "How a revision is built: a line for the shell, at the root of its tree");
    app()->add_option("--run", run_, "The command that is measured there, in quotes");
    app()->add_option("--suite", suite_file_, "A suite (TOML) whose variants are measured there, in place of --run");
    app()->add_flag("--region", region_, "Count only the region that both sides mark");
    declare_threads(*app(), threads_);
    terms_.declare(*app());
    expecting_.declare(*app());
    app()
        ->add_option("--on", on_,
                     "Only these events decide, separated by commas (default: the expectations, where there are any; "
                     "else the time and the events of -e, or the usual ones)")
        ->delimiter(',');
    app()->add_flag("--across-machines", across_machines_,
                    "Compare what was measured on different machines too, and mark it");
    output_.declare(*app());
  }

  int run(const std::vector<std::string>& command) override {
    if (!command.empty()) {
      throw UserError(Trouble::usage,
                      "check takes its commands by --baseline and --candidate, each in quotes: nothing is run for what "
                      "follows --");
    }
    const bool builds = !build_.empty() || !run_.empty() || !suite_file_.empty();
    const Sides sides = {choose_side(texts_[0], builds), choose_side(texts_[1], builds)};
    check_options(sides);
    const Experiment shape = what_is_run();
    GateTerms terms = stated();
    std::array<std::optional<Experiment>, 2> results;
    for (std::size_t side = 0; side < 2; ++side) {
      if (is_file(sides[side])) results[side] = read_results(sides[side].text);
    }
    GateRun making(build_, shape.variants, measuring_.quiet());
    std::array<std::string, 2> descriptions = {sides[0].text, sides[1].text};
    if (!results[0] || !results[1]) {
      Experiment experiment = what_is_measured(making.make({sides[0], sides[1]}), shape, sides, results, descriptions);
      if (const auto failure = countercheck::status_of(measuring_.take_samples(experiment, suite_.plan)))
        return *failure;
      if (experiment.machine == Machine{}) experiment.machine = this_machine();
      for (auto& result : results) {
        if (!result) result = experiment;
      }
      if (builds) terms.how.push_back(how_built());
      terms.how.push_back(how_often(experiment));
    }
    terms.baseline = descriptions[0];
    terms.candidate = descriptions[1];
    const bool one_run = !is_file(sides[0]) && !is_file(sides[1]);
    const auto matches = one_run ? matches_of_run(*results[0]) : matches_of_files(*results[0], *results[1]);
    check_events(terms, matches);
    check_expectations(matches, terms);
    const Gate gate = decide(matches, terms);
    output_.put(gate, measuring_.quiet());
    return status_of(gate.answer);
  }

 private:
  // What goes with what, before anything is built or run.
  void check_options(const Sides& sides) const {
    const auto any = [&](SideKind kind) { return sides[0].kind == kind || sides[1].kind == kind; };
    const bool runs = !run_.empty() || !suite_file_.empty();
    if (any(SideKind::revision) && (build_.empty() || !runs)) {
      throw UserError(Trouble::usage, fmt::format("a revision is built and then run: {} is missing",
                                                  build_.empty() ? "--build COMMAND" : "--run COMMAND"));
    }
    if (!any(SideKind::revision) && (runs || !build_.empty())) {
      throw UserError(
          Trouble::usage,
          "--build and --run are for revisions, and neither side is one: leave them away, or put rev: before "
          "a revision");
    }
    if (!run_.empty() && !suite_file_.empty()) {
      throw UserError(Trouble::usage, "--run and --suite both say what is run: leave one away");
    }
    if (!suite_file_.empty() && sides[0].kind != sides[1].kind) {
      throw UserError(Trouble::usage, "--suite is measured in two revisions, and one of the sides is none");
    }
    if (is_file(sides[0]) && is_file(sides[1]) && measuring_.keeps_samples()) {
      throw UserError(Trouble::usage, "both sides are results files, and nothing is measured that -o could keep");
    }
  }

  Terms all_terms() const {
    Terms terms = terms_.terms(suite_);
    terms.expectations = expecting_.texts;
    return terms;
  }

  GateTerms stated() const {
    const Terms terms = all_terms();
    GateTerms stated{.asked = measuring_.named_events(),
                     .expectations = terms.expectations,
                     .tolerance = terms.tolerance,
                     .confidence = terms.confidence,
                     .across_machines = across_machines_};
    for (const auto& event : on_) stated.on.push_back(event == "time" ? "wall-time" : event);
    return stated;
  }

  // What is run in the tree of each revision: the command of --run, or the variants of the suite, whose names then are
  // a parameter like those of its scan.
  Experiment what_is_run() {
    Experiment shape;
    if (!run_.empty()) shape.variants.push_back({.command = command_words(run_)});
    if (suite_file_.empty()) return shape;
    suite_ = read_suite(suite_file_);
    leave_out_builtins();
    name_variants(suite_);
    measuring_.take_from(suite_);
    shape = experiment_of(suite_, {});
    const Repository repository;
    for (Variant& variant : shape.variants) {
      variant.folder = repository.within(variant.folder.empty() ? "." : variant.folder);
      variant.parameters.insert(variant.parameters.begin(), {"variant", variant.name});
    }
    return shape;
  }

  // A built-in variant is countercheck's own, and so the same whatever is built.
  void leave_out_builtins() {
    if (!suite_.workload.empty()) built_in_.push_back("those of " + suite_.workload);
    for (const SuiteVariant& variant : suite_.variants) {
      if (!variant.builtin.empty()) built_in_.push_back(variant.name.empty() ? variant.builtin : variant.name);
    }
    std::erase_if(suite_.variants, [](const SuiteVariant& variant) { return !variant.builtin.empty(); });
    suite_.workload.clear();
    if (built_in_.empty()) return;
    if (suite_.variants.empty()) {
      throw UserError(
          Trouble::usage,
          fmt::format("{0}: its variants are all built in, countercheck's own and so the same in both revisions: add a "
                      "command, or compare two files that 'countercheck run {0} -o FILE' wrote, with --baseline "
                      "FILE and --candidate FILE",
                      suite_.place));
    }
    // What they alone use is no mistake here, and which variant is the baseline decides nothing.
    std::erase_if(suite_.parameters, [this](const SuiteParameter& parameter) {
      return is_builtin_parameter(parameter.name) && !mentions(suite_, parameter.name);
    });
    suite_.baseline.reset();
  }

  std::string how_built() const {
    const std::string what = suite_file_.empty() ? fmt::format("'{}'", run_) : suite_file_;
    const std::string without =
        built_in_.empty()
            ? ""
            : fmt::format(", without its built-in variants, the same in both ({})", fmt::join(built_in_, ", "));
    return fmt::format("each revision built with '{}' and run as {}{}", build_, what, without);
  }

  // The experiment of what is not in a file: both sides, with the baseline a second time, or one.
  Experiment what_is_measured(std::vector<MeasuredSide> made, const Experiment& shape, const Sides& sides,
                              const std::array<std::optional<Experiment>, 2>& results,
                              std::array<std::string, 2>& descriptions) {
    Experiment experiment{.kind = countercheck::Kind::comparison,
                          .problem = shape.problem,
                          .work_item = shape.work_item,
                          .region = region_ || shape.region};
    std::vector<std::size_t> measured;
    for (std::size_t side = 0; side < 2; ++side) {
      if (!is_file(sides[side])) measured.push_back(side);
    }
    for (std::size_t at = 0; at < measured.size(); ++at) descriptions[measured[at]] = made[at].description;
    for (std::size_t variant = 0; variant < made.front().variants.size(); ++variant) {
      for (std::size_t at = 0; at < measured.size(); ++at) {
        experiment.variants.push_back(made[at].variants[variant]);
        experiment.variants.back().name = kNames[measured[at]];
        if (threads_ > 0) experiment.variants.back().threads = threads_;
      }
    }
    if (terms_.again.value_or(true) && measured.size() == 2) measure_baseline_again(experiment);
    experiment.title = fmt::format("{} against {}", descriptions[1], descriptions[0]);
    experiment.terms = all_terms();
    const auto& file = results[0] ? results[0] : results[1];
    if (file) experiment.problem = file->problem;
    measuring_.set_usual_events(usual_events(file));
    return experiment;
  }

  // What is counted where -e does not say: what the other side's file has, or what decides.
  std::vector<std::string> usual_events(const std::optional<Experiment>& file) const {
    std::vector<std::string> events;
    if (file) events = file->events;
    if (!file) events.assign(std::begin(kUsuallyDecide), std::end(kUsuallyDecide));
    for (const auto& event : on_) add_once(events, event == "time" ? "wall-time" : event);
    std::erase_if(events, is_constant);
    return events;
  }

  // What was measured here had its names looked up before.
  static void check_expectations(const std::vector<Match>& matches, const GateTerms& terms) {
    Experiment stated = matches.front().experiment;
    stated.terms.expectations = terms.expectations;
    std::vector<Event> events;
    prepare_expectations(stated, events);
  }

  static void check_events(const GateTerms& terms, const std::vector<Match>& matches) {
    std::vector<std::string> known;
    for (const Match& match : matches) {
      for (const auto& event : match.experiment.events) add_once(known, event);
    }
    for (const auto& event : terms.on) {
      if (std::find(known.begin(), known.end(), event) != known.end()) continue;
      throw UserError(Trouble::usage, fmt::format("--on {}: it was not counted{}: ask for it with -e", event,
                                                  did_you_mean(event, known)));
    }
  }

  Measuring measuring_;
  TermsChoice terms_;
  ExpectationChoice expecting_;
  GateOutput output_;
  std::array<std::string, 2> texts_;
  std::string build_;
  std::string run_;
  std::string suite_file_;
  Suite suite_{};
  std::vector<std::string> built_in_;  // variants of the suite that are left out
  std::vector<std::string> on_;
  unsigned threads_ = 0;
  bool region_ = false;
  bool across_machines_ = false;
};

}  // namespace

std::unique_ptr<Subcommand> make_check(CLI::App& parent) {
  return std::make_unique<Check>(parent);
}

}  // namespace countercheck
