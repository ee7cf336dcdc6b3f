#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>

#include "cli/measuring.hpp"
#include "cli/subcommand.hpp"
#include "cli/workload_catalogue.hpp"
#include "counters/nearest.hpp"
#include "counters/user_error.hpp"
#include "experiment/machine.hpp"

namespace countercheck {
namespace {

// The row of that name; an unknown one is answered with the nearest.
template <typename Rows>
auto& find_row(Rows& rows, const std::string& name, std::string_view what) {
  const auto row =
      std::find_if(rows.begin(), rows.end(), [&](const auto& candidate) { return candidate.name == name; });
  if (row != rows.end()) return *row;
  std::vector<std::string> names;
  names.reserve(rows.size());
  for (const auto& candidate : rows) names.push_back(candidate.name);
  throw UserError(Trouble::usage, fmt::format("there is no {} '{}'{}: countercheck list workloads shows them all", what,
                                              name, did_you_mean(name, names)));
}

// "1 thread", "4 threads".
std::string counted(unsigned number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

class Run : public Subcommand {
 public:
  explicit Run(CLI::App& parent)
      : Subcommand(parent.add_subcommand("run", "Run the variants of a workload beside each other and compare them")),
        measuring_(*app(), 5) {
    app()->add_option("WORKLOAD", workload_, "The workload's name: countercheck list workloads shows them")->required();
    app()->add_option("--variants", variants_, "Only these, separated by commas, in this order")->delimiter(',');
    app()->add_option("--baseline", baseline_, "The variant that the others are compared with (default: the first)");
    app()
        ->add_option("--size", size_, "Of the problem: for diffusion the edge of the grid")
        ->check(CLI::Range(3U, 1U << 24));
    app()->add_option("--iterations", iterations_, "Steps in the counted region")->check(CLI::PositiveNumber);
    app()
        ->add_option("--initial", initial_, "Initial state: block, edge-block or random")
        ->check(CLI::IsMember({"block", "edge-block", "random"}));
    app()->add_option("--initial-seed", seed_, "Of the random initial state");
    app()
        ->add_option("--threads", threads_, "For the variants that have them (default: as the workload has it)")
        ->check(CLI::Range(1U, 1024U));
    app()
        ->add_option("--schedule", schedule_, "OpenMP's: static, dynamic or guided")
        ->check(CLI::IsMember({"static", "dynamic", "guided"}));
    app()->add_flag("--passive-wait", passive_wait_, "OpenMP threads sleep while they wait instead of spinning");
    app()->footer(
        "  countercheck run diffusion --variants contiguous,in-place,roll-add --size 512 --iterations 50\n"
        "  countercheck run diffusion -e L1-dcache-load-misses,LLC-load-misses --per-item -o results.json");
  }

  int run(const std::vector<std::string>&) override {
    const auto families = read_workload_catalogue();
    const WorkloadFamily& family = find_row(families, workload_, "workload");
    const Problem problem = chosen_problem(family);
    Experiment experiment{.kind = Kind::comparison,
                          .title = family.name,
                          .problem = problem_text(family, problem),
                          .work_item = family.work_item,
                          .region = true};
    note_large_team(experiment, problem.threads);
    for (const auto& row : chosen(family)) {
      Variant variant{
          .name = row.name, .scheme = row.scheme, .stresses = row.stresses, .command = command(family, row, problem)};
      if (family.steps_alike && problem.iterations > kSimulatedSteps) {
        Problem few = problem;
        few.iterations = kSimulatedSteps;
        variant.simulated = ShortRun{command(family, row, few), few.iterations, problem.iterations};
      }
      experiment.variants.push_back(std::move(variant));
    }
    if (!baseline_.empty()) {
      const auto& row = find_row(experiment.variants, baseline_, "chosen variant");
      experiment.baseline = static_cast<std::size_t>(&row - experiment.variants.data());
    }
    return measuring_.measure(std::move(experiment));
  }

 private:
  struct Problem {
    unsigned size = 0;
    unsigned iterations = 0;
    unsigned threads = 1;
  };

  Problem chosen_problem(const WorkloadFamily& family) const {
    if (!family.initial_states && !(initial_.empty() && seed_.empty())) {
      throw UserError(Trouble::usage, fmt::format("{} begins with zeros: leave --{} away", family.name,
                                                  initial_.empty() ? "initial-seed" : "initial"));
    }
    return {size_ ? size_ : family.size, iterations_ ? iterations_ : family.iterations,
            threads_ ? threads_ : family.threads};
  }

  static std::string problem_text(const WorkloadFamily& family, const Problem& problem) {
    return fmt::format("{}, {}, {}{}", fmt::format(fmt::runtime(family.problem), fmt::arg("size", problem.size)),
                       counted(problem.iterations, "iteration"), counted(problem.threads, "thread"),
                       problem.threads > 1 ? " where the variant has them" : "");
  }

  // A team larger than its CPUs spins at its barriers: its counts and times are not those of the work.
  void note_large_team(Experiment& experiment, unsigned threads) const {
    const unsigned cpus = cpus_allowed();
    if (threads <= cpus) return;
    experiment.notes.push_back(
        fmt::format("{} threads share {}: they wait for each other, and what they do while they wait is counted{}",
                    threads, counted(cpus, "CPU"), passive_wait_ ? "" : "; --passive-wait lets them sleep instead"));
  }

  std::vector<WorkloadVariant> chosen(const WorkloadFamily& family) const {
    if (variants_.empty()) return family.variants;
    std::vector<WorkloadVariant> rows;
    for (const auto& name : variants_) {
      const auto same = [&](const WorkloadVariant& row) { return row.name == name; };
      const auto& row = find_row(family.variants, name, "variant");
      if (std::none_of(rows.begin(), rows.end(), same)) rows.push_back(row);
    }
    return rows;
  }

  std::vector<std::string> command(const WorkloadFamily& family, const WorkloadVariant& row,
                                   const Problem& problem) const {
    std::vector<std::string> words = {workload_program(), fmt::format("{}/{}", family.name, row.name),
                                      "--size",           std::to_string(problem.size),
                                      "--iterations",     std::to_string(problem.iterations)};
    const auto add = [&](const char* option, const std::string& value) {
      if (!value.empty()) words.insert(words.end(), {option, value});
    };
    add("--initial", initial_);
    add("--seed", seed_);
    if (row.threads) add("--threads", std::to_string(problem.threads));
    if (row.schedule) add("--schedule", schedule_);
    if (passive_wait_) words.emplace_back("--passive-wait");
    return words;
  }

  Measuring measuring_;
  std::string workload_;
  std::vector<std::string> variants_;
  std::string baseline_;
  unsigned size_ = 0;
  unsigned iterations_ = 0;
  std::string initial_;
  std::string seed_;
  unsigned threads_ = 0;  // 0, as for the two above: as the workload has it
  std::string schedule_;
  bool passive_wait_ = false;
};

}  // namespace

std::unique_ptr<Subcommand> make_run(CLI::App& parent) {
  return std::make_unique<Run>(parent);
}

}  // namespace countercheck
