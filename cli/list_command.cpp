#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <ostream>

#include "analysis/metrics.hpp"
#include "cli/accepted.hpp"
#include "cli/builtin_variants.hpp"
#include "cli/columns.hpp"
#include "cli/event_listing.hpp"
#include "cli/exit_status.hpp"
#include "cli/find_row.hpp"
#include "cli/machine_listing.hpp"
#include "cli/subcommand.hpp"
#include "cli/terminal.hpp"
#include "cli/workload_catalogue.hpp"
#include "counters/user_error.hpp"
#include "experiment/suite_text.hpp"

namespace countercheck {
namespace {

void list_workloads(std::ostream& out) {
  for (const auto& family : read_workload_catalogue()) {
    if (!family.missing.empty()) {
      out << fmt::format("{}: cannot be run here: {}\n", family.name, family.missing);
      continue;
    }
    out << fmt::format("{}: {}\nUnless told: size {}, {} iterations; the work item is one {}.\n\n", family.name,
                       family.says, family.size, family.iterations, family.work_item);
    std::vector<std::vector<std::string>> rows;
    for (const auto& variant : family.variants) {
      const std::string scheme = variant.scheme.empty() ? "" : fmt::format(" The book's \"{}\".", variant.scheme);
      const std::string missing = variant.missing.empty() ? "" : fmt::format(" Not here: {}.", variant.missing);
      rows.push_back({variant.name, variant.stresses + scheme + missing});
    }
    print_columns(out, rows, terminal_width());
  }
}

void list_suites(std::ostream& out) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& family : read_workload_catalogue()) {
    rows.push_back({family.name, family.missing.empty() ? family.says : "cannot be run here: " + family.missing});
  }
  out << "Built-in suites; countercheck list suites NAME prints one, to be changed and run as a file:\n\n";
  print_columns(out, rows, terminal_width());
}

void describe_suite(std::ostream& out, const std::string& name) {
  const auto families = read_workload_catalogue(name);
  Suite suite = suite_of(find_row(families, name, "built-in suite", "", "countercheck list suites shows them all"));
  leave_out_missing(suite, families);
  put_suite(out, suite);
}

void list_metrics(std::ostream& out) {
  std::vector<std::vector<std::string>> rows;
  for (const Metric& metric : metrics()) {
    std::string text = formula(metric);
    if (!metric.cpus.empty()) text += fmt::format("; for CPUs {}*", metric.cpus);
    if (metric.alone) text += "; where no other metric of its event can be given";
    if (!metric.source.empty()) text += fmt::format("; source: {}", metric.source);
    rows.push_back({std::string(metric.key), text});
  }
  out << "Metrics, each printed with the first event of its formula where all of its events were counted together:\n\n";
  print_columns(out, rows, terminal_width());
  out << "\nperf's files are those of the kernel's tools/perf/pmu-events/arch/x86.\n";
}

class List : public Subcommand {
 public:
  explicit List(CLI::App& parent)
      : Subcommand(parent.add_subcommand(
            "list", "Show the workloads, the suites, the events, the metrics or the simulator's machines")) {
    app()
        ->add_option("WHAT", what_, "workloads, suites, events, metrics or machines (default: all but suites)")
        ->check(one_of({"workloads", "suites", "events", "metrics", "machines"}));
    app()->add_option("NAME", name_,
                      "With machines: all of this one; a name or a machine file. With suites: this one, as a file");
  }

  int run(const std::vector<std::string>&) override {
    if (!name_.empty() && what_ != "machines" && what_ != "suites") {
      throw UserError(Trouble::usage, fmt::format("list {0} takes no name ('{1}'); list {0} shows all{2}", what_, name_,
                                                  what_ == "events" ? ", countercheck events NAME one of them" : ""));
    }
    write_to_stdout([&](std::ostream& out) {
      if (what_ == "suites") return name_.empty() ? list_suites(out) : describe_suite(out, name_);
      if (!name_.empty()) return describe_machine(out, name_);
      const bool all = what_.empty();
      if (all || what_ == "workloads") list_workloads(out);
      if (all) out << '\n';
      if (all || what_ == "events") list_events(out);
      if (all) out << '\n';
      if (all || what_ == "metrics") list_metrics(out);
      if (all) out << '\n';
      if (all || what_ == "machines") list_machines(out);
    });
    return kSuccess;
  }

 private:
  std::string what_;
  std::string name_;
};

}  // namespace

std::unique_ptr<Subcommand> make_list(CLI::App& parent) {
  return std::make_unique<List>(parent);
}

}  // namespace countercheck
