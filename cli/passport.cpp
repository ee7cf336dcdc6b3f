#include "cli/passport.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <strings.h>

#include <algorithm>
#include <optional>
#include <ostream>
#include <vector>

#include "analysis/event_names.hpp"
#include "cli/columns.hpp"
#include "cli/simulating.hpp"
#include "cli/terminal.hpp"
#include "counters/catalogue.hpp"
#include "counters/countable.hpp"
#include "counters/cpu_identity.hpp"
#include "counters/known_event.hpp"
#include "counters/nearest.hpp"
#include "counters/passports/family_catalogue.hpp"
#include "counters/user_error.hpp"
#include "experiment/machine.hpp"
#include "experiment/stamps_file.hpp"
#include "reports/stamp_sentences.hpp"
#include "reports/text_width.hpp"
#include "simulator/simulated_events.hpp"

namespace countercheck {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// What stands under a name is a heading; the rest are rows of a label and a text.
void print_rows(std::ostream& out, const std::string& heading, Rows rows) {
  for (auto& row : rows) row.back() = printable(row.back());
  for (const auto& line : wrap(printable(heading), terminal_width(), 2)) out << line << '\n';
  out << '\n';
  print_columns(out, rows, terminal_width());
}

// "cpu/config=0x412e/": what perf and countercheck both take for a raw encoding.
std::string raw_form(const std::string& pmu, const FamilyEvent& event) {
  std::string text = fmt::format("{}/config={:#x}", pmu, event.config);
  if (event.config1) text += fmt::format(",config1={:#x}", *event.config1);
  return text + "/";
}

void add_family_event(Rows& rows, const Family& family, const FamilyEvent& event) {
  if (!event.supported()) {
    rows.push_back({"not there", event.reason});
    return;
  }
  rows.push_back({"encoding", fmt::format("{}, {}", raw_form(family.kernel_pmus.front(), event), event.native)});
  if (!event.alternatives.empty()) {
    rows.push_back({"", fmt::format("the kernel may take {} instead", fmt::join(event.alternatives, " or "))});
  }
  if (!event.libpfm.empty()) rows.push_back({"libpfm4", event.libpfm});
  rows.push_back({"level", event.level == "none" ? "none: it belongs to no cache" : event.level});
  rows.push_back({"counts", event.requests});
  rows.push_back({"means", event.meaning});
  if (!event.differs.empty()) rows.push_back({"differs", event.differs});
  if (!event.note.empty()) rows.push_back({"note", event.note});
}

void add_errata(Rows& rows, const Family& family, std::string_view event) {
  const auto errata = family.errata_of(event);
  if (errata.empty()) rows.push_back({"errata", "none that this table knows"});
  for (const Erratum* erratum : errata) {
    rows.push_back({"erratum", fmt::format("{}: {} [{}]", erratum->id, erratum->text, erratum->source)});
  }
}

void add_notes_and_sources(Rows& rows, const Family& family) {
  for (const auto& note : family.notes) rows.push_back({"note", note});
  for (const auto& source : family.sources) rows.push_back({"source", source});
}

std::vector<std::string> event_names(const Family& family) {
  std::vector<std::string> names;
  for (const FamilyEvent& event : family.events) names.push_back(event.name);
  return names;
}

const FamilyEvent& family_event(const Family& family, const std::string& asked) {
  const NamedEvent* const row = find_named_event(base_name(asked));
  const std::string name = row ? std::string(row->name) : std::string(base_name(asked));
  if (const FamilyEvent* const event = family.event(name)) return *event;
  if (row && row->source != Source::pmu) {
    throw UserError(Trouble::usage, fmt::format("{} is no event of the processor, so it has no passport of a family: "
                                                "countercheck events {}",
                                                name, name));
  }
  const auto names = event_names(family);
  throw UserError(Trouble::usage, fmt::format("the passports of {} have no event '{}'{}; they have {}", family.id,
                                              asked, did_you_mean(asked, names), fmt::join(names, ", ")));
}

std::string shown_privilege(Privilege privilege) {
  switch (privilege) {
    case Privilege::user:
      return "user mode only";
    case Privilege::kernel:
      return "the kernel only";
    case Privilege::user_and_kernel:
      break;
  }
  return "user mode and the kernel";
}

// "type 4 (PMU cpu), config 0x412e".
std::string shown_encoding(const Encoding& encoding) {
  const std::string pmu = sysfs_pmu_of(encoding.type);
  std::string text = describe(encoding);
  const std::string type = fmt::format("type {}", encoding.type);
  if (!pmu.empty()) text.replace(0, type.size(), fmt::format("{} (PMU {})", type, pmu));
  // Types 0 and 3 are the kernel's generic names, which it hands to the PMU of the core.
  if (pmu.empty() && (encoding.type == PERF_TYPE_HARDWARE || encoding.type == PERF_TYPE_HW_CACHE)) {
    const auto pmus = cpu_pmus();
    text.replace(0, type.size(),
                 fmt::format("{} (generic, for the core's PMU: {})", type,
                             pmus.empty() ? "none here" : fmt::format("{}", fmt::join(pmus, ", "))));
  }
  return text;
}

void add_counting(Rows& rows, const Countable& countable) {
  if (const auto* opened = std::get_if<Encoding>(&countable.by)) {
    rows.push_back({"here", fmt::format("opens, counted by the {}", to_string(countable.source()))});
    rows.push_back({"opened", shown_encoding(*opened)});
    rows.push_back({"privilege", shown_privilege(countable.counted_privilege())});
    return;
  }
  if (std::holds_alternative<PapiEvent>(countable.by)) {
    rows.push_back({"here", "opens, counted by PAPI"});
    rows.push_back({"privilege", shown_privilege(countable.counted_privilege())});
    return;
  }
  if (const auto* absence = std::get_if<Absence>(&countable.by)) {
    rows.push_back({"here", fmt::format("not counted: {}", absence->sentence)});
  } else {
    const bool wanted = std::holds_alternative<Encoding>(countable.event.encoding);
    rows.push_back({"here", fmt::format("told by {}{}", to_string(countable.source()),
                                        wanted ? ", for the counter does not open" : ", which needs no counter")});
  }
  if (const auto* asked = std::get_if<Encoding>(&countable.event.encoding)) {
    rows.push_back({"asked", shown_encoding(*asked)});
  }
}

void add_simulation(Rows& rows, const Event& event) {
  if (!can_be_simulated(event.name)) return;
  const bool here = std::holds_alternative<Engine>(engine_here());
  rows.push_back({"simulated", here ? "yes, in user mode, on the caches of a machine of your choice (--source sim)"
                                    : "it could be, but the simulator is not here: countercheck doctor"});
}

void add_stamps(Rows& rows, const Machine& machine, const std::string& name) {
  const auto folder = stamps_folder();
  bool any = false;
  for (const Stamp& stamp : folder ? read_stamps(*folder, machine) : std::vector<Stamp>()) {
    if (base_name(stamp.event) != base_name(name)) continue;
    rows.push_back({any ? "" : "certified", fmt::format("{}, on {:.10}", stamp_sentence(stamp), stamp.when)});
    any = true;
  }
  if (!any) rows.push_back({"certified", fmt::format("not yet on this machine: countercheck certify {}", name)});
}

void add_families(Rows& rows, const std::vector<Family>& families, const Machine& machine, const std::string& name) {
  if (const auto sentence = contradiction(read_cpu_identity())) {
    rows.push_back({"untrusted", *sentence});
    return;
  }
  const std::string feature = contradiction(families, cpu_features());
  if (!feature.empty()) {
    rows.push_back(
        {"untrusted", fmt::format("the processor calls itself {} ({}) and has {}, which none of those has: a "
                                  "hypervisor masks the model, so no table can tell what is counted here",
                                  machine.cpu, families.front().name, feature)});
    return;
  }
  for (const Family& family : families) {
    const FamilyEvent* const event = family.event(name);
    if (!event) continue;
    rows.push_back({"processor", fmt::format("{}, by the kernel's own table{}", family.name,
                                             cpu_pmus().empty() ? "; so it would be if its PMU were shown" : "")});
    add_family_event(rows, family, *event);
    add_errata(rows, family, name);
  }
  if (families.empty()) {
    rows.push_back({"processor", fmt::format("{} ({}): no passport file is about it, so what a generic name counts "
                                             "there is not known here",
                                             machine.cpu, machine.cpu_id)});
  }
}

// By perf's name, a raw code, or the kernel's form: what this machine makes of it.
void print_own(std::ostream& out, const std::string& name, const NamedEvent* row) {
  const Event event = parse_event(name);
  const Countable countable = settle({event}, read_access()).front();
  Rows rows;
  if (row)
    rows.push_back(
        {"says", std::string(row->meaning) + (row->alias.empty() ? "" : fmt::format(" (also {})", row->alias))});
  if (row && !row->encoding.empty()) rows.push_back({"libpfm4", std::string(row->encoding)});
  add_counting(rows, countable);
  add_simulation(rows, event);
  const Machine machine = this_machine();
  if (row && row->source == Source::pmu) {
    add_families(rows, families_of(read_families(), machine.cpu_id, cpu_pmus()), machine, std::string(row->name));
  }
  if (!event.simulated_only) add_stamps(rows, machine, event.name);
  print_rows(out, event.name, rows);
}

// Its name as libpfm4 writes it, its unit masks, and the code for a machine that this need not be.
void print_native(std::ostream& out, const std::string& name, const std::vector<KnownEvent>& known) {
  Rows rows;
  const std::string event = known.front().name;
  const auto same = std::find_if(known.begin(), known.end(), [&](const KnownEvent& one) {
    return strcasecmp(one.name.c_str(), name.c_str()) == 0;
  });
  rows.push_back({"says", same == known.end() ? known.front().meaning : same->meaning});
  const bool has_mask = same != known.end() && same != known.begin();
  if (has_mask) rows.push_back({"of", fmt::format("{}: {}", event, known.front().meaning)});
  const bool whole = std::holds_alternative<Encoding>(encode_with_libpfm(name));
  if (known.front().here && whole) {
    add_counting(rows, settle({parse_event(name)}, read_access()).front());
    add_stamps(rows, this_machine(), name);
  } else if (!known.front().here) {
    rows.push_back(
        {"here", fmt::format("not counted: it belongs to another machine's PMU; libpfm4 sees {} here", libpfm_pmus())});
  }
  const auto encoded = encode_for_any_machine(name);
  if (const auto* encoding = std::get_if<Encoding>(&encoded)) {
    rows.push_back(
        {"encoding", fmt::format("{}, {}, by libpfm4", describe(*encoding), shown_privilege(privilege(*encoding)))});
  } else {
    rows.push_back(
        {"encoding", known.size() > 1 ? "only with one of its unit masks" : "libpfm4 cannot encode it for perf"});
  }
  for (std::size_t i = 1; !has_mask && i < known.size(); ++i) {
    rows.push_back(
        {i == 1 ? "masks" : "", fmt::format("{}: {}", known[i].name.substr(event.size() + 1), known[i].meaning)});
  }
  print_rows(out, name, rows);
}

std::optional<KnownEvent> papi_preset(const std::string& name) {
  for (const KnownEvent& preset : papi_known_events()) {
    if (strcasecmp(preset.name.c_str(), name.c_str()) == 0) return preset;
  }
  return std::nullopt;
}

bool looks_raw(const std::string& name) {
  return name.find('/') != std::string::npos ||
         (name.size() > 1 && name[0] == 'r' &&
          name.find_first_not_of("0123456789abcdefABCDEF:ukUK", 1) == std::string::npos);
}

}  // namespace

bool names_one_event(const std::string& name) {
  return find_named_event(base_name(name)) || looks_raw(name) || !libpfm_event(name).empty() || papi_preset(name) ||
         std::holds_alternative<Encoding>(encode_with_libpfm(name));
}

void print_passport(std::ostream& out, const std::string& name) {
  if (const auto known = libpfm_event(name); !known.empty()) return print_native(out, name, known);
  if (const auto preset = papi_preset(name)) {
    Rows rows{{"says", preset->meaning}};
    add_counting(rows, settle({parse_event(preset->name)}, read_access()).front());
    return print_rows(out, preset->name, rows);
  }
  print_own(out, name, find_named_event(base_name(name)));
}

void print_passport(std::ostream& out, const std::string& name, const std::string& wanted) {
  bool first = true;
  for (const Family& family : families_named(read_families(), wanted)) {
    const FamilyEvent& event = family_event(family, name);
    Rows rows;
    if (const NamedEvent* const row = find_named_event(event.name)) rows.push_back({"says", std::string(row->meaning)});
    add_family_event(rows, family, event);
    add_errata(rows, family, event.name);
    add_notes_and_sources(rows, family);
    if (!first) out << '\n';
    first = false;
    print_rows(out, fmt::format("{} on {}", event.name, family.name), rows);
  }
}

void print_family(std::ostream& out, const std::string& wanted) {
  bool first = true;
  for (const Family& family : families_named(read_families(), wanted)) {
    Rows rows;
    for (const FamilyEvent& event : family.events) {
      if (event.supported()) {
        const std::string level = event.level == "none" ? "" : event.level + ": ";
        rows.push_back({event.name, raw_form(family.kernel_pmus.front(), event), level + event.meaning});
      } else {
        rows.push_back({event.name, "not there", event.reason});
      }
    }
    for (auto& row : rows) row.back() = printable(row.back());
    if (!first) out << '\n';
    first = false;
    out << fmt::format("{}\n\n", printable(family.name));
    print_columns(out, rows, terminal_width());
  }
}

}  // namespace countercheck
