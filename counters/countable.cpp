#include "counters/countable.hpp"

#include <cerrno>

#include "counters/descriptor.hpp"
#include "counters/open_failure.hpp"
#include "counters/papi_counters.hpp"

namespace countercheck {
namespace {

// 0, or the errno.
int try_to_open(const Encoding& encoding, PerfEventOpen open) {
  perf_event_attr attr = attributes(encoding);
  const Descriptor counter(open(&attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC));
  return counter ? 0 : errno;
}

bool is_permission(int error) {
  return error == EACCES || error == EPERM;
}

decltype(Countable::by) settle_without_papi(const Event& event, const Access& access, PerfEventOpen open) {
  if (const auto* absence = std::get_if<Absence>(&event.encoding)) return *absence;
  const auto* encoding = std::get_if<Encoding>(&event.encoding);
  if (!encoding) return event.usage.value();
  const int error = try_to_open(*encoding, open);
  if (error == 0) return *encoding;
  // Without the kernel, page-faults would miss those taken in system calls: the complete count by rusage is better.
  if (event.usage) return *event.usage;
  if (is_permission(error) && privilege(*encoding) == Privilege::user_and_kernel && !event.in_kernel) {
    Encoding user_only = *encoding;
    user_only.exclude_kernel = true;
    const int second = try_to_open(user_only, open);
    if (second == 0) return user_only;
    return explain_open_failure(second, user_only, access);
  }
  return explain_open_failure(error, *encoding, access);
}

Countable settle_one(const Event& event, const Access& access, PerfEventOpen open) {
  if (!event.papi) return {event, settle_without_papi(event, access, open)};
  const auto tried = settle_with_papi(*event.papi, !event.in_kernel && !event.usage, access);
  if (const auto* counts = std::get_if<PapiEvent>(&tried)) return {event, *counts};
  const auto& lack = std::get<Absence>(tried);
  if (only_by_papi(event)) return {event, lack};
  return {event, settle_without_papi(event, access, open), lack};
}

Reading blank(const Countable& countable) {
  return Reading{.event = countable.event.name,
                 .source = countable.source(),
                 .unit = countable.event.unit,
                 .privilege = countable.counted_privilege()};
}

}  // namespace

Source Countable::source() const {
  const auto* opened = std::get_if<Encoding>(&by);
  const auto* wanted = std::get_if<Encoding>(&event.encoding);
  if (const auto* field = std::get_if<UsageField>(&by)) {
    return *field == UsageField::wall_time ? Source::clock : Source::rusage;
  }
  if (std::holds_alternative<PapiEvent>(by) || only_by_papi(event)) return Source::papi;
  if (event.simulated_only) return Source::sim;
  const auto* encoding = opened ? opened : wanted;
  return event.in_kernel || (encoding && is_software(*encoding)) ? Source::kernel : Source::pmu;
}

Privilege Countable::counted_privilege() const {
  if (const auto* opened = std::get_if<Encoding>(&by)) return privilege(*opened);
  if (const auto* by_papi = std::get_if<PapiEvent>(&by)) return by_papi->privilege;
  if (std::holds_alternative<UsageField>(by)) return Privilege::user_and_kernel;
  if (only_by_papi(event)) return event.papi->privilege;
  const auto* wanted = std::get_if<Encoding>(&event.encoding);
  return wanted ? privilege(*wanted) : Privilege::user_and_kernel;
}

std::vector<Countable> settle(const std::vector<Event>& events, const Access& access, PerfEventOpen open) {
  std::vector<Countable> settled;
  settled.reserve(events.size());
  for (const auto& event : events) settled.push_back(settle_one(event, access, open));
  return settled;
}

Reading reading_of(const Countable& countable, const CounterValue& value) {
  // A counter that never ran reads 0, which is not a count of 0.
  if (value.time_running == 0) {
    return absent_reading(countable,
                          {AbsenceReason::never_scheduled,
                           value.time_enabled == 0 ? "the counter was open and never switched on"
                                                   : "the event was switched on and never got a counter of the PMU: "
                                                     "ask for fewer events at a time"});
  }
  // Nor is that of one that ran for a moment, as beside events that are pinned to the PMU from then on (PAPI's).
  if (value.value == 0 && value.time_running < value.time_enabled / 100) {
    return absent_reading(countable, {AbsenceReason::never_scheduled,
                                      "the event had a counter of the PMU for less than 1 % of the time and counted "
                                      "nothing meanwhile: ask for fewer events at a time"});
  }
  Reading reading = blank(countable);
  reading.value = value.value;
  reading.time_enabled = value.time_enabled;
  reading.time_running = value.time_running;
  return reading;
}

Reading reading_of(const Countable& countable, const Usage& usage) {
  Reading reading = blank(countable);
  reading.value = value_of(usage, std::get<UsageField>(countable.by));
  return reading;
}

// PAPI gives no times: its set is pinned to the PMU (perf_event.c, open_pe_events), so it counts all the time or not.
Reading reading_by_papi(const Countable& countable, std::uint64_t value) {
  Reading reading = blank(countable);
  reading.value = value;
  return reading;
}

Reading absent_reading(const Countable& countable, Absence absence) {
  Reading reading = blank(countable);
  reading.value = std::move(absence);
  return reading;
}

}  // namespace countercheck
