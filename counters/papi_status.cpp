#include "counters/papi_status.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "counters/papi_library.hpp"
#include "counters/trial.hpp"

namespace countercheck {
namespace {

// Why PAPI does not count this event, which the trial's little work must raise; empty when it does.
std::string trouble_with(const std::string& name, const Access& access) {
  std::vector<Event> events = {parse_event(name)};
  choose_backend(Backend::papi, events);
  const Countable countable = settle(events, access).front();
  if (countable.not_by_papi) return countable.not_by_papi->sentence;
  const Trial trial = try_event(countable, true, access);
  if (const auto* why = absence(trial.reading)) return why->sentence;
  return trial.dead ? "it opens and runs, but reads 0 where it must not: do not trust it" : "";
}

std::string enabled_components(const PapiLibrary& library) {
  std::vector<std::string> names;
  for (const auto& component : library.components) {
    if (component.disabled.empty()) names.push_back(component.name);
  }
  return names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

PapiStatus read_papi_status(const Access& access) {
  const PapiLibrary& library = papi_library();
  if (!library.failure.empty()) return {PapiStatus::State::none, papi_lack(library)};
  const std::string known = fmt::format("{}, announces {} hardware counters, components: {}", library.version,
                                        library.hardware_counters, enabled_components(library));
  const std::string hardware = trouble_with("PAPI_TOT_INS", access);
  if (hardware.empty()) return {PapiStatus::State::hardware, known + "; PAPI_TOT_INS was started and read"};
  const std::string software = trouble_with("page-faults", access);
  if (software.empty()) {
    return {PapiStatus::State::software,
            fmt::format("{}; perf::PAGE-FAULTS was started and read, PAPI_TOT_INS was not: {}", known, hardware)};
  }
  return {PapiStatus::State::none, fmt::format("{}; it counts nothing of a process here: {}", known, software)};
}

}  // namespace countercheck
