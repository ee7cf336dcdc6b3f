#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <ostream>

#include "analysis/metrics.hpp"
#include "cli/columns.hpp"
#include "cli/exit_status.hpp"
#include "cli/machine_listing.hpp"
#include "cli/simulating.hpp"
#include "cli/subcommand.hpp"
#include "cli/terminal.hpp"
#include "cli/workload_catalogue.hpp"
#include "counters/catalogue.hpp"
#include "counters/countable.hpp"
#include "counters/papi_library.hpp"
#include "counters/sysfs_pmu.hpp"
#include "counters/user_error.hpp"
#include "simulator/simulated_events.hpp"

namespace countercheck {
namespace {

void list_workloads(std::ostream& out) {
  for (const auto& family : read_workload_catalogue()) {
    out << fmt::format("{}: {}\nUnless told: size {}, {} iterations; the work item is one {}.\n\n", family.name,
                       family.says, family.size, family.iterations, family.work_item);
    std::vector<std::vector<std::string>> rows;
    for (const auto& variant : family.variants) {
      const std::string scheme = variant.scheme.empty() ? "" : fmt::format(" The book's \"{}\".", variant.scheme);
      rows.push_back({variant.name, variant.stresses + scheme});
    }
    print_columns(out, rows, terminal_width());
  }
}

// What stands beside an event: who would count it here.
std::string availability(const Countable& countable, bool simulates) {
  const bool absent = std::holds_alternative<Absence>(countable.by);
  if (absent && simulates && can_be_simulated(countable.event.name)) return std::string(to_string(Source::sim));
  if (const auto* absence = std::get_if<Absence>(&countable.by)) return std::string(short_form(absence->reason));
  const bool user_only = countable.counted_privilege() == Privilege::user;
  return std::string(to_string(countable.source())) + (user_only ? ":u" : "");
}

// PAPI's presets that it can map to this CPU's events, or why there are none.
void list_presets(std::ostream& out) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& preset : papi_presets()) {
    if (preset.natives.empty()) continue;
    rows.push_back({preset.name, fmt::format("{} ({})", preset.meaning, fmt::join(preset.natives, ", "))});
  }
  if (!rows.empty()) {
    out << "\nPAPI's preset events, and the native ones they stand for here:\n\n";
    print_columns(out, rows, terminal_width());
    return;
  }
  const std::string lack = papi_lack(papi_library());
  out << '\n';
  print_columns(out, {{"PAPI's presets", lack.empty() ? "PAPI's tables have none for this CPU" : "none: " + lack}},
                terminal_width());
}

void list_events(std::ostream& out) {
  std::vector<Event> events;
  for (const auto& row : catalogue()) events.push_back(parse_event(row.name));
  const auto countables = settle(events, read_access());
  const bool simulates = std::holds_alternative<Engine>(engine_here());
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const NamedEvent& row = catalogue()[i];
    const std::string alias = row.alias.empty() ? "" : fmt::format(" (also {})", row.alias);
    rows.push_back({std::string(row.name), availability(countables[i], simulates), std::string(row.meaning) + alias});
  }
  out << "Events by perf's names, and who counts them here:\n\n";
  print_columns(out, rows, terminal_width());
  for (const auto& pmu : sysfs_pmus()) {
    const auto named = sysfs_events(pmu);
    if (named.empty()) continue;
    out << fmt::format("\nEvents that the kernel names for the PMU {}:\n\n", pmu);
    for (const auto& event : named) out << fmt::format("{}/{}/\n", pmu, event);
  }
  list_presets(out);
  out << fmt::format(
      "\nBesides: rNNN (a raw code), pmu/term=value,.../, and the native names of libpfm4's PMUs here ({}).\n"
      "Modifiers: :u user mode only, :k kernel only.\n",
      libpfm_pmus());
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
      : Subcommand(
            parent.add_subcommand("list", "Show the workloads, the events, the metrics or the simulator's machines")) {
    app()
        ->add_option("WHAT", what_, "workloads, events, metrics or machines (default: all)")
        ->check(CLI::IsMember({"workloads", "events", "metrics", "machines"}));
    app()->add_option("NAME", machine_, "With machines: all of this one; a name or a machine file");
  }

  int run(const std::vector<std::string>&) override {
    if (!machine_.empty() && what_ != "machines") {
      throw UserError(Trouble::usage,
                      fmt::format("list {0} takes no name ('{1}'); list {0} shows all", what_, machine_));
    }
    write_to_stdout([&](std::ostream& out) {
      if (!machine_.empty()) return describe_machine(out, machine_);
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
  std::string machine_;
};

}  // namespace

std::unique_ptr<Subcommand> make_list(CLI::App& parent) {
  return std::make_unique<List>(parent);
}

}  // namespace countercheck
