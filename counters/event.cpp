#include "counters/event.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "counters/catalogue.hpp"
#include "counters/nearest.hpp"
#include "counters/topdown.hpp"
#include "counters/user_error.hpp"

namespace countercheck {
namespace {

// "cycles:uk" is {"cycles", "uk"}. A native name's last part may be a unit mask: only letters of privilege are a
// modifier.
struct Modified {
  std::string_view name;
  std::string_view modifier;
};

bool is_modifier(std::string_view text) {
  return !text.empty() && text.size() <= 2 && text.find_first_not_of("uk") == std::string_view::npos &&
         (text.size() == 1 || text[0] != text[1]);
}

Modified split_modifier(std::string_view name) {
  const auto colon = name.rfind(':');
  if (colon == std::string_view::npos || !is_modifier(name.substr(colon + 1))) return {name, {}};
  return {name.substr(0, colon), name.substr(colon + 1)};
}

void restrict_to(std::string_view modifier, Encoding& encoding) {
  if (modifier == "u") encoding.exclude_kernel = true;
  if (modifier == "k") encoding.exclude_user = true;
}

// "u" and "k" restrict; "uk" is what is counted anyway.
std::string suffix(std::string_view modifier) {
  return modifier.size() == 1 ? fmt::format(":{}", modifier) : std::string();
}

// The same event with its privilege restricted, its leader's too.
Event modified(Event event, std::string_view modifier) {
  event.name += suffix(modifier);
  if (auto* encoding = std::get_if<Encoding>(&event.encoding)) restrict_to(modifier, *encoding);
  if (event.leader) restrict_to(modifier, *event.leader);
  return event;
}

Event from_catalogue(const NamedEvent& row, std::string_view modifier) {
  Event event{.name = std::string(row.name) + suffix(modifier),
              .unit = row.unit,
              .in_kernel = row.in_kernel,
              .simulated_only = row.source == Source::sim,
              .usage = row.usage};
  if (row.encoding.empty()) {
    if (!modifier.empty()) {
      throw UserError(Trouble::usage,
                      fmt::format("'{}' is not counted by privilege: leave ':{}' away", row.name, modifier));
    }
    if (event.simulated_only) {
      event.encoding =
          Absence{AbsenceReason::unsupported, fmt::format("only the simulator tells {}, no counter does", row.name)};
    }
    return event;
  }
  const auto encoded = encode_with_libpfm(std::string(row.encoding));
  if (const auto* encoding = std::get_if<Encoding>(&encoded)) {
    Encoding restricted = *encoding;
    restrict_to(modifier, restricted);
    event.encoding = restricted;
    // rusage cannot tell user from kernel.
    if (modifier.size() == 1) event.usage.reset();
    if (modifier == "u" && row.in_kernel) {
      event.encoding =
          Absence{AbsenceReason::unsupported,
                  fmt::format("{} happen in the kernel only: a user-only count would always read 0; ask for "
                              "'{}'",
                              row.name, row.name)};
    }
  } else {
    event.encoding = Absence{AbsenceReason::unsupported, fmt::format("this libpfm4 has no '{}'", row.encoding)};
  }
  return event;
}

bool is_raw(std::string_view name) {
  return name.size() > 1 && name.size() <= 17 && name[0] == 'r' &&
         name.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string_view::npos;
}

// pmu/terms/modifier; the CPU's PMU missing is the machine's lack, not the user's mistake.
Event from_sysfs(std::string_view text, const std::filesystem::path& root) {
  const auto first = text.find('/');
  const auto last = text.rfind('/');
  const std::string pmu(text.substr(0, first));
  std::string_view modifier = text.substr(last + 1);
  if (modifier.starts_with(':')) modifier.remove_prefix(1);
  if (first == last || (!modifier.empty() && !is_modifier(modifier))) {
    throw UserError(Trouble::usage,
                    fmt::format("'{}' is not of the form pmu/term=value,…/ with u or k after it", text));
  }
  Event event{.name = std::string(text), .unit = Unit::count, .in_kernel = false, .of_one_pmu = true};
  if ((pmu == "cpu" || pmu == "cpu_core" || pmu == "cpu_atom") && !std::filesystem::exists(root / pmu)) {
    event.encoding = Absence{cpu_pmus(root).empty() ? AbsenceReason::no_pmu : AbsenceReason::unsupported,
                             fmt::format("this machine has no PMU '{}' under {}", pmu, root.string())};
    return event;
  }
  Encoding encoding = encode_with_sysfs(pmu, text.substr(first + 1, last - first - 1), root);
  restrict_to(modifier, encoding);
  event.encoding = encoding;
  return event;
}

Privilege privilege_of(std::string_view modifier) {
  if (modifier == "u") return Privilege::user;
  return modifier == "k" ? Privilege::kernel : Privilege::user_and_kernel;
}

// The names that could have been meant by this one.
std::vector<std::string> all_names(std::string_view like) {
  std::vector<std::string> names;
  if (like.starts_with("PAPI_") || like.starts_with("papi_")) {
    for (const auto& preset : papi_presets()) names.push_back(preset.name);
  }
  for (const auto& row : catalogue()) {
    names.emplace_back(row.name);
    if (!row.alias.empty()) names.emplace_back(row.alias);
  }
  names.emplace_back(kTopdown);
  return names;
}

Event from_libpfm(std::string_view text) {
  const std::string name(text);
  Event event{.name = name, .unit = Unit::count, .in_kernel = false, .of_one_pmu = true};
  const auto encoded = encode_with_libpfm(name);
  if (const auto* encoding = std::get_if<Encoding>(&encoded)) {
    event.encoding = *encoding;
    return event;
  }
  switch (std::get<EncodingFailure>(encoded)) {
    case EncodingFailure::other_pmu:
      event.encoding = Absence{AbsenceReason::unsupported,
                               fmt::format("'{}' belongs to another CPU: libpfm4 sees {} here", name, libpfm_pmus())};
      return event;
    case EncodingFailure::bad_suffix:
      throw UserError(Trouble::usage,
                      fmt::format("the event '{}' has no such unit mask or modifier: see countercheck list events",
                                  name.substr(0, name.rfind(':'))) +
                          fmt::format(" ('{}' was asked)", name));
    case EncodingFailure::unknown:
      break;
  }
  const auto plain = split_modifier(text);
  event.papi = find_papi_event(std::string(plain.name), privilege_of(plain.modifier));
  if (event.papi) return event;
  throw UserError(Trouble::usage, fmt::format("there is no event '{}'{}: countercheck list events shows them all", name,
                                              did_you_mean(plain.name, all_names(plain.name))));
}

}  // namespace

Event parse_event(std::string_view text, const std::filesystem::path& event_sources) {
  if (text.find('/') != std::string_view::npos) return from_sysfs(text, event_sources);
  const auto [name, modifier] = split_modifier(text);
  if (const auto* row = find_named_event(name)) return from_catalogue(*row, modifier);
  if (auto event = find_topdown_event(name, read_cpu_identity(), event_sources)) return modified(*event, modifier);
  if (is_raw(name)) {
    Event event = from_libpfm(fmt::format("perf_raw::{}", name));
    event.name = std::string(text);
    event.of_one_pmu = false;
    if (auto* encoding = std::get_if<Encoding>(&event.encoding)) restrict_to(modifier, *encoding);
    return event;
  }
  return from_libpfm(text);
}

namespace {

// One name, or one for several: "topdown".
std::vector<Event> expand(std::string_view text, const std::filesystem::path& event_sources) {
  const auto [name, modifier] = split_modifier(text);
  if (name != kTopdown) return {parse_event(text, event_sources)};
  std::vector<Event> events = topdown_events(read_cpu_identity(), event_sources);
  if (events.empty()) events.push_back(no_topdown(event_sources));
  for (auto& event : events) event = modified(event, modifier);
  return events;
}

// An event that counts only in its leader's group brings the leader along.
void add_leader(std::vector<Event>& events, const std::filesystem::path& event_sources) {
  const auto led = std::find_if(events.begin(), events.end(), [](const Event& event) { return event.leader; });
  if (led == events.end()) return;
  if (std::any_of(events.begin(), events.end(), [](const Event& event) { return event.leads; })) return;
  const auto modifier = split_modifier(led->name).modifier;
  for (auto& event : topdown_events(read_cpu_identity(), event_sources)) {
    if (event.leads) {
      events.insert(led, modified(event, modifier));
      return;
    }
  }
}

}  // namespace

std::vector<Event> parse_events(std::string_view list, const std::filesystem::path& event_sources) {
  std::vector<Event> events;
  bool within_slashes = false;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= list.size(); ++at) {
    if (at < list.size() && list[at] == '/') within_slashes = !within_slashes;
    if (at < list.size() && (list[at] != ',' || within_slashes)) continue;
    const auto name = list.substr(begin, at - begin);
    begin = at + 1;
    if (name.empty()) {
      throw UserError(Trouble::usage, fmt::format("the list of events '{}' has an empty name: write -e a,b,c", list));
    }
    for (auto& event : expand(name, event_sources)) {
      const bool known =
          std::any_of(events.begin(), events.end(), [&](const Event& e) { return e.name == event.name; });
      if (!known) events.push_back(std::move(event));
    }
  }
  add_leader(events, event_sources);
  return events;
}

bool only_by_papi(const Event& event) {
  return event.papi && !event.usage && std::holds_alternative<std::monostate>(event.encoding);
}

void choose_backend(Backend backend, std::vector<Event>& events) {
  for (auto& event : events) {
    if (backend == Backend::perf && only_by_papi(event)) {
      throw UserError(Trouble::usage, fmt::format("only PAPI knows the event '{}': leave --backend perf away, or ask "
                                                  "for one of countercheck list events",
                                                  event.name));
    }
    const auto* const encoding = std::get_if<Encoding>(&event.encoding);
    if (backend != Backend::papi || !encoding || event.name.find('/') != std::string::npos || is_raw(event.name)) {
      continue;
    }
    const auto name = split_modifier(event.name).name;
    const auto* const row = find_named_event(name);
    event.papi = papi_native(std::string(row ? row->encoding : name), privilege(*encoding));
  }
}

std::vector<Event> default_event_list() {
  std::vector<Event> events;
  for (const auto name : default_events()) events.push_back(parse_event(name));
  return events;
}

void append_constant_events(std::vector<Event>& events) {
  for (const auto name : constant_events()) {
    const auto same = [&](const Event& event) { return event.name == name; };
    // Always last and in this order, wherever the user put them.
    std::erase_if(events, same);
    events.push_back(parse_event(name));
  }
}

std::vector<Event> split_by_privilege(const std::vector<Event>& events) {
  std::vector<Event> halves;
  for (const auto& event : events) {
    const auto* encoding = std::get_if<Encoding>(&event.encoding);
    if (!encoding || is_software(*encoding) || privilege(*encoding) != Privilege::user_and_kernel) {
      halves.push_back(event);
      continue;
    }
    for (const char modifier : {'u', 'k'}) {
      Event half = event;
      half.name += fmt::format(":{}", modifier);
      restrict_to({&modifier, 1}, std::get<Encoding>(half.encoding));
      halves.push_back(std::move(half));
    }
  }
  return halves;
}

}  // namespace countercheck
