#include <fmt/format.h>
#include <strings.h>

#include <algorithm>
#include <optional>
#include <set>

#include "counters/known_event.hpp"
#include "counters/libpfm_library.hpp"

namespace countercheck {
namespace {

std::string text_of(const char* text) {
  return text ? text : "";
}

std::string without_number(std::string name) {
  while (!name.empty() && name.back() >= '0' && name.back() <= '9') name.pop_back();
  return name;
}

// A PMU whose name ends in a number is one of several alike; "skl" and "amd64_fam19h_zen4" are not.
bool is_copy(const pfm_pmu_info_t& pmu, std::set<std::string>& seen) {
  const std::string name = pmu.name;
  const std::string base = without_number(name);
  if (base == name || name.find("_unc_") == std::string::npos) return false;
  return !seen.insert(base).second;
}

KnownEvent known(const pfm_pmu_info_t& pmu, std::string name, const char* meaning) {
  return {.name = fmt::format("{}::{}", pmu.name, name),
          .meaning = text_of(meaning),
          .whose = "libpfm4",
          .here = pmu.is_present != 0};
}

// The event and, after it, its unit masks.
void add_event(const pfm_pmu_info_t& pmu, int code, std::vector<KnownEvent>& events) {
  pfm_event_info_t event{};
  event.size = sizeof event;
  if (pfm_get_event_info(code, PFM_OS_PERF_EVENT_EXT, &event) != PFM_SUCCESS) return;
  events.push_back(known(pmu, event.name, event.desc));
  for (int i = 0; i < event.nattrs; ++i) {
    pfm_event_attr_info_t attribute{};
    attribute.size = sizeof attribute;
    if (pfm_get_event_attr_info(code, i, PFM_OS_PERF_EVENT_EXT, &attribute) != PFM_SUCCESS) continue;
    if (attribute.type != PFM_ATTR_UMASK) continue;
    events.push_back(known(pmu, fmt::format("{}:{}", event.name, attribute.name), attribute.desc));
  }
}

void add_events(const pfm_pmu_info_t& pmu, std::vector<KnownEvent>& events) {
  for (int code = pmu.first_event; code != -1; code = pfm_get_event_next(code)) add_event(pmu, code, events);
}

// What our own catalogue has under perf's names, or what is no event of its own.
bool is_generic(const pfm_pmu_info_t& pmu) {
  return pmu.pmu == PFM_PMU_PERF_EVENT || pmu.pmu == PFM_PMU_PERF_EVENT_RAW;
}

}  // namespace

std::vector<KnownEvent> libpfm_events(bool of_other_machines, std::string_view wanted) {
  std::vector<KnownEvent> events;
  std::set<std::string> seen;
  for_each_pmu([&](const pfm_pmu_info_t& pmu) {
    if (is_generic(pmu)) return;
    if (wanted.empty() ? !pmu.is_present && !of_other_machines : wanted != pmu.name) return;
    if (wanted.empty() && is_copy(pmu, seen)) return;
    add_events(pmu, events);
  });
  return events;
}

std::vector<std::string> libpfm_pmu_names() {
  std::vector<std::string> names;
  for_each_pmu([&](const pfm_pmu_info_t& pmu) {
    if (!is_generic(pmu)) names.emplace_back(pmu.name);
  });
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<KnownEvent> libpfm_event(std::string_view name) {
  const auto colons = name.find("::");
  if (colons == std::string_view::npos) return {};
  const std::string pmu(name.substr(0, colons));
  const std::string_view rest = name.substr(colons + 2);
  const std::string event(rest.substr(0, rest.find(':')));
  std::vector<KnownEvent> found;
  for_each_pmu([&](const pfm_pmu_info_t& info) {
    if (strcasecmp(info.name, pmu.c_str()) != 0) return;
    for (int code = info.first_event; code != -1; code = pfm_get_event_next(code)) {
      std::vector<KnownEvent> one;
      add_event(info, code, one);
      if (one.empty() || strcasecmp(one.front().name.c_str() + colons + 2, event.c_str()) != 0) continue;
      found = std::move(one);
      return;
    }
  });
  return found;
}

}  // namespace countercheck
