#include "counters/known_event.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

#include "counters/catalogue.hpp"
#include "counters/papi_event.hpp"
#include "counters/sysfs_pmu.hpp"

namespace countercheck {
namespace {

bool contains(std::string_view text, std::string_view word) {
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
  };
  return std::search(text.begin(), text.end(), word.begin(), word.end(), same) != text.end();
}

}  // namespace

bool matches(const KnownEvent& event, std::string_view pattern) {
  while (!pattern.empty()) {
    const auto blank = pattern.find(' ');
    const std::string_view word = pattern.substr(0, blank);
    if (!contains(event.name, word) && !contains(event.meaning, word)) return false;
    pattern.remove_prefix(blank == std::string_view::npos ? pattern.size() : blank + 1);
  }
  return true;
}

std::vector<KnownEvent> perf_known_events() {
  std::vector<KnownEvent> events;
  for (const NamedEvent& row : catalogue()) {
    const std::string alias = row.alias.empty() ? "" : fmt::format(" (also {})", row.alias);
    events.push_back(
        {.name = std::string(row.name), .meaning = std::string(row.meaning) + alias, .whose = "perf", .here = true});
  }
  return events;
}

std::vector<KnownEvent> papi_known_events() {
  std::vector<KnownEvent> events;
  for (PapiPreset& preset : papi_presets()) {
    const bool here = !preset.natives.empty();
    std::string natives = here ? fmt::format(" (here: {})", fmt::join(preset.natives, ", ")) : "";
    events.push_back(
        {.name = std::move(preset.name), .meaning = preset.meaning + natives, .whose = "PAPI", .here = here});
  }
  return events;
}

std::vector<KnownEvent> sysfs_known_events() {
  std::vector<KnownEvent> events;
  for (const auto& pmu : sysfs_pmus()) {
    for (const auto& event : sysfs_events(pmu)) {
      const SysfsEvent told = sysfs_event(pmu, event);
      std::string meaning = fmt::format("terms {}", told.terms);
      if (!told.unit.empty()) meaning += fmt::format("; in {}", told.unit);
      if (!told.scale.empty()) meaning += fmt::format(", times {}", told.scale);
      events.push_back(
          {.name = fmt::format("{}/{}/", pmu, event), .meaning = meaning, .whose = "the kernel", .here = true});
    }
  }
  return events;
}

}  // namespace countercheck
