#include "counters/countable.hpp"

#include <algorithm>
#include <cerrno>

#include "counters/descriptor.hpp"
#include "counters/open_failure.hpp"
#include "counters/papi_counters.hpp"

namespace countercheck {
namespace {

// 0, or the errno. An event that needs a leader is opened in its group.
int try_to_open(const Encoding& encoding, const std::optional<Encoding>& leader, PerfEventOpen open) {
  Descriptor before;
  if (leader) {
    Encoding leads = *leader;
    leads.exclude_kernel = encoding.exclude_kernel;
    leads.exclude_user = encoding.exclude_user;
    perf_event_attr attr = attributes(leads);
    before = Descriptor(open(&attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC));
    if (!before) return errno;
  }
  perf_event_attr attr = attributes(encoding);
  const Descriptor counter(open(&attr, 0, -1, before.get(), PERF_FLAG_FD_CLOEXEC));
  return counter ? 0 : errno;
}

bool is_permission(int error) {
  return error == EACCES || error == EPERM;
}

// What of this encoding opens: all of it, or user mode only.
std::variant<Encoding, Absence> settle_counter(const Encoding& encoding, const Event& event, const Access& access,
                                               PerfEventOpen open) {
  const int error = try_to_open(encoding, event.leader, open);
  if (error == 0) return encoding;
  if (is_permission(error) && privilege(encoding) == Privilege::user_and_kernel && !event.in_kernel) {
    Encoding user_only = encoding;
    user_only.exclude_kernel = true;
    const int second = try_to_open(user_only, event.leader, open);
    if (second == 0) return user_only;
    return explain_open_failure(second, user_only, access);
  }
  return explain_open_failure(error, encoding, access);
}

Countable settle_on_cores(const Event& event, const std::vector<OnCore>& cores, const Access& access,
                          PerfEventOpen open) {
  Countable countable{event, {}};
  for (const auto& [pmu, encoding] : cores) {
    countable.cores.push_back({pmu.name, settle_counter(encoding, event, access, open)});
  }
  for (const auto& core : countable.cores) {
    const bool first = &core == &countable.cores.front();
    if (const auto* opened = std::get_if<Encoding>(&core.by)) {
      countable.by = *opened;
      return countable;
    }
    if (first) countable.by = std::get<Absence>(core.by);
  }
  countable.cores.clear();
  return countable;
}

Countable settle_without_papi(const Event& event, const Access& access, PerfEventOpen open) {
  if (const auto* absence = std::get_if<Absence>(&event.encoding)) return {event, *absence};
  const auto* encoding = std::get_if<Encoding>(&event.encoding);
  if (!encoding) return {event, event.usage.value()};
  if (const auto cores = on_each_core(*encoding, access.cores, event.of_one_pmu); !cores.empty()) {
    return settle_on_cores(event, cores, access, open);
  }
  const auto settled = settle_counter(*encoding, event, access, open);
  const auto* opened = std::get_if<Encoding>(&settled);
  // Without the kernel, page-faults would miss those taken in system calls: the complete count by rusage is better.
  if (event.usage && !(opened && *opened == *encoding)) return {event, *event.usage};
  if (opened) return {event, *opened};
  return {event, std::get<Absence>(settled)};
}

Countable settle_one(const Event& event, const Access& access, PerfEventOpen open) {
  if (!event.papi) return settle_without_papi(event, access, open);
  const auto tried = settle_with_papi(*event.papi, !event.in_kernel && !event.usage, access);
  if (const auto* counts = std::get_if<PapiEvent>(&tried)) return {event, *counts};
  const auto& lack = std::get<Absence>(tried);
  if (only_by_papi(event)) return {event, lack};
  Countable countable = settle_without_papi(event, access, open);
  countable.not_by_papi = lack;
  return countable;
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

bool is_count(const CounterValue& value) {
  return value.time_running > 0 && (value.value > 0 || value.time_running >= value.time_enabled / 100);
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
  if (!is_count(value)) {
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

Reading reading_of(const Countable& countable, const std::optional<CounterValue>& value) {
  if (value) return reading_of(countable, *value);
  return absent_reading(countable, {AbsenceReason::never_scheduled, "the kernel gave no value for this counter"});
}

Reading reading_of(const Countable& countable, const Usage& usage) {
  Reading reading = blank(countable);
  reading.value = value_of(usage, std::get<UsageField>(countable.by));
  return reading;
}

Reading reading_of(const Countable& countable, std::span<const Counted> counted, std::span<const std::uint64_t> there) {
  Reading reading = blank(countable);
  std::uint64_t sum = 0;
  std::uint64_t enabled = 0;
  std::optional<Absence> failed;
  for (std::size_t i = 0; i < countable.cores.size(); ++i) {
    CoreCount core{.pmu = countable.cores[i].pmu, .time_there = there[i]};
    if (const auto* value = std::get_if<CounterValue>(&counted[i])) {
      core.value = value->value;
      core.time_running = value->time_running;
      sum += value->value;
      enabled = std::max(enabled, value->time_enabled);
    } else if (!failed) {
      failed = std::get<Absence>(counted[i]);
    }
    reading.time_enabled += core.time_there;
    reading.time_running += core.time_running;
    reading.cores.push_back(std::move(core));
  }
  // A counter is enabled wherever its task runs: time on which no counter was on, on any core, is missing.
  if (!countable.event.of_one_pmu) reading.time_enabled = std::max(reading.time_enabled, enabled);
  if (reading.time_running > 0) {
    reading.value = sum;
    return reading;
  }
  if (failed) return absent_reading(countable, *failed);
  return reading_of(countable, CounterValue{.value = 0, .time_enabled = reading.time_enabled, .time_running = 0});
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
