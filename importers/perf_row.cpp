#include "importers/perf_row.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "counters/catalogue.hpp"
#include "importers/printed_number.hpp"

namespace countercheck {
namespace {

// perf tells shares of time with two decimals.
constexpr std::uint64_t kWhole = 10'000;

struct PrintedUnit {
  std::string_view name;
  Unit unit;
  unsigned decimals;  // 10^decimals of ours are one of it
};
constexpr PrintedUnit kUnits[] = {{"msec", Unit::nanoseconds, 6}, {"ns", Unit::nanoseconds, 0}};

// Before 2018 perf gave these in ms without saying so.
constexpr std::string_view kClocks[] = {"task-clock", "cpu-clock"};

struct Modified {
  std::string_view name;
  std::string_view modifiers;
};

// perf's modifiers: privilege, precision, host and guest, and how the counter is opened (perf-list(1)).
Modified split(std::string_view event) {
  const std::size_t slash = event.rfind('/');
  if (slash != std::string_view::npos) return {event.substr(0, slash + 1), event.substr(slash + 1)};
  const std::size_t colon = event.rfind(':');
  if (colon == std::string_view::npos || colon == 0 || event[colon - 1] == ':') return {event, {}};
  const std::string_view tail = event.substr(colon + 1);
  const bool letters = !tail.empty() && tail.find_first_not_of("ukhpPGHSDIWeb") == std::string_view::npos;
  return letters ? Modified{event.substr(0, colon), tail} : Modified{event, {}};
}

std::string_view suffix_of(Privilege privilege) {
  switch (privilege) {
    case Privilege::user:
      return ":u";
    case Privilege::kernel:
      return ":k";
    case Privilege::user_and_kernel:
      break;
  }
  return "";
}

// Empty: it is none of our units.
std::optional<PrintedUnit> unit_of(const PerfRow& row) {
  if (row.unit.empty()) {
    const bool clock = std::find(std::begin(kClocks), std::end(kClocks), split(row.event).name) != std::end(kClocks);
    return clock ? kUnits[0] : PrintedUnit{"", Unit::count, 0};
  }
  const auto* const found = std::find_if(std::begin(kUnits), std::end(kUnits),
                                         [&](const PrintedUnit& unit) { return unit.name == row.unit; });
  return found == std::end(kUnits) ? std::nullopt : std::optional(*found);
}

// JSON has every number with six decimals, the mean of several runs too.
bool has_six_decimals(const PrintedNumber& number) {
  return number.groups.size() == 2 && number.groups[1].size() == 6;
}

std::optional<std::uint64_t> value_of(const std::string& text, const PrintedUnit& unit) {
  const auto number = leading_number(text);
  if (!number || number->length != text.size()) return std::nullopt;
  if (unit.decimals > 0) return as_scaled(*number, unit.decimals);
  return has_six_decimals(*number) ? as_scaled(*number, 0) : as_count(*number);
}

std::optional<Absence> absence_of(std::string_view value) {
  if (value == "<not counted>") {
    return Absence{AbsenceReason::never_scheduled, "perf stat printed <not counted>: the counter never ran"};
  }
  if (value == "<not supported>") {
    return Absence{AbsenceReason::unsupported, "perf stat printed <not supported>: it could not be opened there"};
  }
  return std::nullopt;
}

}  // namespace

Privilege privilege_told(std::string_view event) {
  const std::string_view modifiers = split(event).modifiers;
  const bool user = modifiers.find('u') != std::string_view::npos;
  const bool kernel = modifiers.find('k') != std::string_view::npos;
  if (user == kernel) return Privilege::user_and_kernel;
  return user ? Privilege::user : Privilege::kernel;
}

std::string known_name(std::string_view event) {
  const NamedEvent* const named = find_named_event(split(event).name);
  if (!named) return std::string(event);
  return std::string(named->name) + std::string(suffix_of(privilege_told(event)));
}

bool is_known(std::string_view event) {
  return find_named_event(split(event).name) != nullptr;
}

void PerfBlock::add(const std::string& place, Reading reading, std::string_view printed,
                    std::optional<double> relative_error) {
  std::string name = known_name(printed);
  if (names_.contains(name) && name != printed) name = std::string(printed);
  if (names_.contains(name)) {
    return leave_out(imported_, place, fmt::format("there is a '{}' already, and nothing tells the two apart", name));
  }
  reading.event = name;
  reading.source = Source::import;
  if (runs_.summarised && raw(reading)) reading.summary = Summary{runs_.runs, relative_error};
  names_.insert(std::move(name));
  sample_.readings.push_back(std::move(reading));
}

void PerfBlock::add(const PerfRow& row) {
  const auto unit = unit_of(row);
  if (!unit) {
    return leave_out(
        imported_, row.place,
        fmt::format("'{}' is in {}, and countercheck has only counts, times and bytes", row.event, row.unit));
  }
  Reading reading{.unit = unit->unit, .privilege = privilege_told(row.event)};
  if (auto absent = absence_of(row.value)) {
    reading.value = std::move(*absent);
    return add(row.place, std::move(reading), row.event, std::nullopt);
  }
  const auto value = value_of(row.value, *unit);
  if (!value) {
    return leave_out(imported_, row.place,
                     fmt::format("'{}' is no number that a count of '{}' can be", row.value, row.event));
  }
  reading.value = *value;
  if (!row.coverage.empty()) {
    const auto percent = as_real(row.coverage);
    if (!percent) return leave_out(imported_, row.place, fmt::format("'{}' is no share of the time", row.coverage));
    if (*percent < 100) {
      reading.time_enabled = kWhole;
      reading.time_running = static_cast<std::uint64_t>(std::llround(*percent * kWhole / 100));
      if (reading.time_running == 0) {
        return leave_out(imported_, row.place, "it was counted for 0 % of the time, which tells nothing");
      }
    }
  }
  add(row.place, std::move(reading), row.event, row.relative_error);
}

void PerfBlock::add_time(const std::string& place, std::string_view event, std::string_view seconds,
                         std::optional<double> relative_error) {
  const auto number = leading_number(seconds);
  const auto value = number ? as_scaled(*number, 9) : std::nullopt;
  if (!value) return leave_out(imported_, place, fmt::format("'{}' is no time in seconds", seconds));
  add(place, {.unit = Unit::nanoseconds, .value = *value}, event, relative_error);
}

std::string aggregation_of(std::string_view prefix) {
  // "S0-D0-C0" is letters and numbers in turn.
  std::string letters;
  bool numbered = !prefix.empty();
  for (std::size_t at = 0; at < prefix.size() && numbered;) {
    while (at < prefix.size() && prefix[at] >= 'A' && prefix[at] <= 'Z') letters += prefix[at++];
    const std::size_t digits = at;
    while (at < prefix.size() && prefix[at] >= '0' && prefix[at] <= '9') ++at;
    numbered = at > digits && !letters.empty();
    if (at < prefix.size() && numbered) {
      numbered = prefix[at++] == '-' && at < prefix.size();
      letters += '-';
    }
  }
  struct Form {
    std::string_view letters;
    std::string_view option;
  };
  constexpr Form kForms[] = {
      {"CPU", "-A"},         {"S", "--per-socket"}, {"S-D", "--per-die"},     {"S-D-C", "--per-core"},
      {"S-C", "--per-core"}, {"N", "--per-node"},   {"S-D-L", "--per-cache"}, {"S-D-CLS", "--per-cluster"}};
  if (numbered) {
    for (const Form& form : kForms) {
      if (form.letters == letters) return std::string(form.option);
    }
  }
  const std::size_t dash = prefix.rfind('-');
  const bool task = dash != std::string_view::npos && dash > 0 && dash + 1 < prefix.size() &&
                    prefix.find_first_not_of("0123456789", dash + 1) == std::string_view::npos;
  return task ? "--per-thread" : "";
}

std::string refusal_of(const std::string& form) {
  return fmt::format("it is from perf stat {}, and countercheck reads counts of whole runs only: leave {} away", form,
                     form);
}

}  // namespace countercheck
