#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>

#include "cli/accepted.hpp"
#include "cli/builtin_variants.hpp"
#include "cli/exit_status.hpp"
#include "cli/expecting.hpp"
#include "cli/find_row.hpp"
#include "cli/measuring.hpp"
#include "cli/subcommand.hpp"
#include "cli/suite_experiment.hpp"
#include "cli/terminal.hpp"
#include "cli/terms_choice.hpp"
#include "cli/workload_catalogue.hpp"
#include "experiment/suite_text.hpp"

namespace countercheck {
namespace {

class Run : public Subcommand {
 public:
  explicit Run(CLI::App& parent)
      : Subcommand(parent.add_subcommand("run",
                                         "Run the variants of a workload or suite beside each other and compare "
                                         "them")),
        measuring_(*app(), 15) {
    terms_.declare(*app());
    app()
        ->add_option("WORKLOAD", workload_,
                     "A built-in workload (countercheck list workloads shows them), or a suite: a file FILE.toml")
        ->required();
    app()->add_option("--variants", variants_, "Only these, separated by commas, in this order")->delimiter(',');
    app()->add_option("--baseline", baseline_, "The variant that the others are compared with (default: the first)");
    add_parameter("size",
                  "Of the problem: for diffusion the edge of the grid; several, separated by commas, are a scan")
        ->check(between(3U, 1U << 24));
    add_parameter("iterations", "Steps in the counted region; likewise")->check(between(1U, 0xffff'ffffU));
    add_parameter("initial", "Initial state: block, edge-block or random")
        ->check(one_of({"block", "edge-block", "random"}));
    add_parameter("initial-seed", "Of the random initial state");
    add_parameter("threads", "For the variants that have them (default: as the workload has it); likewise")
        ->check(between(1U, 1024U));
    add_parameter("schedule", "OpenMP's: static, dynamic or guided")->check(one_of({"static", "dynamic", "guided"}));
    expecting_.declare(*app());
    app()->add_flag("--passive-wait", passive_wait_, "OpenMP threads sleep while they wait instead of spinning");
    app()
        ->add_option("-p,--parameter", others_,
                     "NAME=VALUE or NAME=VALUE,VALUE…: values of any parameter of a suite, in place of its own")
        ->type_name("NAME=VALUES")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    app()->add_flag("--print-suite", print_suite_, "Print what would be run as a suite (TOML), and run nothing");
    app()->footer(
        "  countercheck run diffusion --variants contiguous,in-place,roll-add --size 512 --iterations 50\n"
        "  countercheck run diffusion --variants contiguous,roll-add --size 256,512,1024\n"
        "  countercheck run diffusion -e L1-dcache-load-misses,LLC-load-misses --per-item -o results.json\n"
        "  countercheck run suite.toml");
  }

  int run(const std::vector<std::string>&) override {
    Suite suite = chosen_suite();
    if (!suite.workload.empty()) expand_workload(suite, families());
    name_variants(suite);
    choose_variants(suite);
    const auto left_out = has_builtin(suite) ? leave_out_missing(suite, families()) : std::vector<std::string>{};
    if (!baseline_.empty()) choose_baseline(suite);
    for (const auto& [name, values] : parameters_) set_parameter(suite, name, "--" + name, values);
    if (passive_wait_) set_parameter(suite, "passive-wait", "--passive-wait", {"true"});
    for (const std::string& other : others_) set_other(suite, other);
    suite.expectations.insert(suite.expectations.end(), expecting_.texts.begin(), expecting_.texts.end());
    terms_.apply(suite);
    Experiment experiment = experiment_of(suite, has_builtin(suite) ? families() : families_);
    experiment.notes.insert(experiment.notes.end(), left_out.begin(), left_out.end());
    if (print_suite_) {
      measuring_.put_into(suite);
      write_to_stdout([&](std::ostream& out) { put_suite(out, suite); });
      return kSuccess;
    }
    measuring_.take_from(suite);
    return measuring_.measure(std::move(experiment), suite.plan);
  }

 private:
  CLI::Option* add_parameter(const std::string& name, const std::string& says) {
    parameters_.reserve(8);  // the options point into it
    auto& values = parameters_.emplace_back(name, std::vector<std::string>{}).second;
    return app()
        ->add_option("--" + name, values, says)
        ->delimiter(',')
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  }

  // Read when first needed: a suite of commands alone needs no countercheck-workload, and a workload that it has needs
  // no Python.
  const std::vector<WorkloadFamily>& families() {
    if (families_.empty()) families_ = read_workload_catalogue(workload_);
    return families_;
  }

  Suite chosen_suite() {
    std::error_code error;
    if (workload_.find('/') != std::string::npos || workload_.ends_with(".toml")) return read_suite(workload_);
    const auto& all = families();
    const bool known =
        std::any_of(all.begin(), all.end(), [&](const auto& family) { return family.name == workload_; });
    if (!known && std::filesystem::is_regular_file(workload_, error)) return read_suite(workload_);
    return suite_of(find_row(all, workload_, "workload"));
  }

  static bool has_builtin(const Suite& suite) {
    return std::any_of(suite.variants.begin(), suite.variants.end(),
                       [](const SuiteVariant& variant) { return !variant.builtin.empty(); });
  }

  // What tells the variants that there are.
  static std::string where(const Suite& suite) {
    if (std::none_of(suite.variants.begin(), suite.variants.end(),
                     [](const SuiteVariant& variant) { return variant.builtin.empty(); })) {
      return "countercheck list workloads shows them all";
    }
    std::vector<std::string> names;
    for (const SuiteVariant& variant : suite.variants) names.push_back(variant.name);
    return fmt::format("there are {}", fmt::join(names, ", "));
  }

  void choose_variants(Suite& suite) const {
    if (variants_.empty()) return;
    std::vector<SuiteVariant> chosen;
    for (const auto& name : variants_) {
      const auto same = [&](const SuiteVariant& variant) { return variant.name == name; };
      const auto& variant = find_row(suite.variants, name, "variant", "", where(suite));
      if (std::none_of(chosen.begin(), chosen.end(), same)) chosen.push_back(variant);
    }
    suite.variants = std::move(chosen);
  }

  void choose_baseline(Suite& suite) const {
    suite.baseline = find_row(suite.variants, baseline_, "chosen variant", "", where(suite)).name;
    suite.baseline_place = "--baseline";
  }

  // An option of ours: a parameter of built-in variants, or one of that name in the suite.
  static void set_parameter(Suite& suite, const std::string& name, const std::string& option,
                            const std::vector<std::string>& values) {
    if (values.empty()) return;
    std::string in_suite = name;
    std::replace(in_suite.begin(), in_suite.end(), '-', '_');
    auto& parameters = suite.parameters;
    auto stated = std::find_if(parameters.begin(), parameters.end(), [&](const SuiteParameter& candidate) {
      return candidate.name == name || candidate.name == in_suite;
    });
    if (stated == parameters.end()) {
      if (!has_builtin(suite) || !is_builtin_parameter(in_suite)) {
        std::vector<std::string> names;
        for (const SuiteParameter& parameter : parameters) names.push_back(parameter.name);
        throw UserError(Trouble::usage, fmt::format("{}: the suite {} has no parameter '{}'{}", option, suite.place,
                                                    name, did_you_mean(name, names)));
      }
      stated = parameters.insert(parameters.end(), SuiteParameter{.name = in_suite});
    }
    stated->place = option;
    stated->values = values;
    stated->scanned = values.size() > 1;
  }

  static void set_other(Suite& suite, const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw UserError(Trouble::usage, fmt::format("--parameter takes NAME=VALUE, not '{}'", text));
    }
    std::vector<std::string> values;
    for (std::size_t begin = equals + 1; begin <= text.size();) {
      const std::size_t end = std::min(text.find(',', begin), text.size());
      values.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
    const std::string name = text.substr(0, equals);
    set_parameter(suite, name, "--parameter " + name, values);
  }

  Measuring measuring_;
  ExpectationChoice expecting_;
  TermsChoice terms_;
  std::string workload_;
  std::vector<std::string> variants_;
  std::string baseline_;
  std::vector<std::pair<std::string, std::vector<std::string>>> parameters_;  // by the names of the options
  std::vector<std::string> others_;
  bool passive_wait_ = false;
  bool print_suite_ = false;
  std::vector<WorkloadFamily> families_;
};

}  // namespace

std::unique_ptr<Subcommand> make_run(CLI::App& parent) {
  return std::make_unique<Run>(parent);
}

}  // namespace countercheck
