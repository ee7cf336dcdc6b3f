#include "cli/event_listing.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <ostream>
#include <set>

#include "cli/columns.hpp"
#include "cli/simulating.hpp"
#include "cli/terminal.hpp"
#include "counters/catalogue.hpp"
#include "counters/counted_noun.hpp"
#include "counters/known_event.hpp"
#include "counters/nearest.hpp"
#include "counters/papi_library.hpp"
#include "counters/user_error.hpp"
#include "reports/sentences.hpp"
#include "reports/text_width.hpp"
#include "simulator/simulated_events.hpp"

namespace countercheck {
namespace {

using Events = std::vector<KnownEvent>;

// A list of events, by whose it is, as the head over it says.
struct Group {
  std::string head;
  Events events;
};

std::vector<Group> groups_of(const SearchScope& scope) {
  if (!scope.pmu.empty()) {
    return {{fmt::format("libpfm4, PMU {}", scope.pmu), libpfm_events(true, scope.pmu)}};
  }
  const std::string natives = scope.of_other_machines ? "libpfm4, PMUs of all machines" : "libpfm4, PMUs here";
  return {{"perf's names", perf_known_events()},
          {"the kernel's names", sysfs_known_events()},
          {"PAPI's presets", papi_known_events()},
          {natives, libpfm_events(scope.of_other_machines)}};
}

// The five that are nearest to what was typed, looking at what follows a PMU's name as well.
std::vector<std::string> nearest_names(const std::string& typed, const std::vector<Group>& groups) {
  constexpr std::size_t kMost = 5;
  std::vector<std::pair<std::size_t, std::string>> distances;
  for (const Group& group : groups) {
    for (const KnownEvent& event : group.events) {
      const auto colons = event.name.find("::");
      std::size_t edits = edit_distance(typed, event.name);
      if (colons != std::string::npos) edits = std::min(edits, edit_distance(typed, event.name.substr(colons + 2)));
      if (edits <= std::max<std::size_t>(typed.size() / 2, 1)) distances.emplace_back(edits, event.name);
    }
  }
  std::stable_sort(distances.begin(), distances.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> names;
  for (const auto& [edits, name] : distances) {
    if (names.size() < kMost) names.push_back(name);
  }
  return names;
}

// PAPI's presets that it can map to this CPU's events, or why there are none.
void list_presets(std::ostream& out) {
  std::vector<std::vector<std::string>> rows;
  for (const KnownEvent& preset : papi_known_events()) {
    if (preset.here) rows.push_back({preset.name, preset.meaning});
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

[[noreturn]] void nothing_found(const std::string& pattern, const SearchScope& scope,
                                const std::vector<Group>& groups) {
  const auto names = nearest_names(pattern, groups);
  std::string sentence = fmt::format("no event has '{}' in its name or description", pattern);
  if (!names.empty()) {
    sentence += fmt::format("; the nearest name{} {}", names.size() == 1 ? " is" : "s are", fmt::join(names, ", "));
  }
  if (!scope.of_other_machines && scope.pmu.empty()) {
    sentence += "; countercheck events --all looks through the PMUs of other machines too";
  }
  throw UserError(Trouble::usage, sentence);
}

void check_pmu(const std::string& pmu) {
  const auto names = libpfm_pmu_names();
  if (pmu.empty() || std::find(names.begin(), names.end(), pmu) != names.end()) return;
  throw UserError(Trouble::usage,
                  fmt::format("libpfm4 knows no PMU '{}'{}; countercheck events --all WORD shows the PMUs that have an "
                              "event",
                              pmu, did_you_mean(pmu, names)));
}

}  // namespace

std::string availability(const Countable& countable, bool simulates) {
  const bool absent = std::holds_alternative<Absence>(countable.by);
  if (absent && simulates && can_be_simulated(countable.event.name)) return std::string(to_string(Source::sim));
  if (const auto* absence = std::get_if<Absence>(&countable.by)) return std::string(short_form(absence->reason));
  const bool user_only = countable.counted_privilege() == Privilege::user;
  return std::string(to_string(countable.source())) + (user_only ? ":u" : "");
}

void list_events(std::ostream& out) {
  std::vector<Event> events;
  for (const auto& row : catalogue()) events.push_back(parse_event(row.name));
  const auto countables = settle(events, read_access());
  const bool simulates = std::holds_alternative<Engine>(engine_here());
  const auto known = perf_known_events();
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < events.size(); ++i) {
    rows.push_back({known[i].name, availability(countables[i], simulates), known[i].meaning});
  }
  out << "Events by perf's names, and who counts them here:\n\n";
  print_columns(out, rows, terminal_width());
  std::vector<std::vector<std::string>> named;
  for (const auto& event : sysfs_known_events()) named.push_back({event.name, event.meaning});
  if (!named.empty()) {
    out << "\nEvents that the kernel names for its PMUs:\n\n";
    print_columns(out, named, terminal_width());
  }
  list_presets(out);
  out << fmt::format(
      "\nBesides: rNNN (a raw code), pmu/term=value,.../, and the native names of libpfm4's PMUs here ({}).\n"
      "Modifiers: :u user mode only, :k kernel only.\n"
      "countercheck events WORD searches all names and descriptions, countercheck events NAME tells all of one.\n",
      libpfm_pmus());
}

void search_events(std::ostream& out, const std::string& pattern, const SearchScope& scope) {
  check_pmu(scope.pmu);
  const std::vector<Group> groups = groups_of(scope);
  std::size_t found = 0;
  for (const Group& group : groups) {
    std::vector<std::vector<std::string>> rows;
    for (const KnownEvent& event : group.events) {
      if (!matches(event, pattern)) continue;
      rows.push_back({event.name, printable(event.meaning) + (event.here ? "" : " (not here)")});
    }
    if (rows.empty()) continue;
    out << fmt::format("{}{}:\n\n", found > 0 ? "\n" : "", group.head);
    print_columns(out, rows, terminal_width());
    found += rows.size();
  }
  if (found == 0) nothing_found(pattern, scope, groups);
  out << fmt::format("\n{}. All of one: countercheck events NAME.", counted_noun(found, "event"));
  if (!scope.of_other_machines && scope.pmu.empty()) out << " Those of other machines too: --all.";
  out << '\n';
}

}  // namespace countercheck
