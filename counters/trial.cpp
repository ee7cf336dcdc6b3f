#include "counters/trial.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "counters/group.hpp"
#include "counters/little_work.hpp"
#include "counters/open_failure.hpp"
#include "counters/papi_counters.hpp"

namespace countercheck {
namespace {

Counted try_counter(const Encoding& encoding, const std::optional<Encoding>& leader, const Access& access,
                    PerfEventOpen open) {
  std::vector<Encoding> group;
  if (leader) group.push_back(*leader);
  group.push_back(encoding);
  const CounterOutcome outcome = run_group(group, do_a_little_of_everything, open).back();
  if (const auto* value = std::get_if<CounterValue>(&outcome)) return *value;
  const int error = std::get<int>(outcome);
  if (error != 0) return explain_open_failure(error, encoding, access);
  return Absence{AbsenceReason::never_scheduled, "the kernel gave no value for this counter"};
}

Reading reading_or_absence(const Countable& countable, const CounterValue& value) {
  return reading_of(countable, value);
}
Reading reading_or_absence(const Countable& countable, const Absence& absence) {
  return absent_reading(countable, absence);
}

// A counter of one type of core reads nothing while we run on another.
Reading on_each_type_of_core(const Countable& countable, const Access& access, PerfEventOpen open) {
  std::vector<Counted> counted;
  std::vector<std::uint64_t> there;
  for (const auto& core : countable.cores) {
    const auto pmu = std::find_if(access.cores.begin(), access.cores.end(),
                                  [&](const CorePmu& candidate) { return candidate.name == core.pmu; });
    const OnCpusOf here(pmu == access.cores.end() ? CorePmu{} : *pmu);
    const auto* const encoding = std::get_if<Encoding>(&core.by);
    counted.push_back(encoding ? try_counter(*encoding, countable.event.leader, access, open)
                               : Counted(std::get<Absence>(core.by)));
    const auto* const value = std::get_if<CounterValue>(&counted.back());
    there.push_back(value ? value->time_running : 0);
  }
  return reading_of(countable, counted, there);
}

}  // namespace

Trial try_event(const std::string& name, bool surely, const Access& access, PerfEventOpen open) {
  return try_event(settle({parse_event(name)}, access, open).front(), surely, access, open);
}

Trial try_event(const Countable& countable, bool surely, const Access& access, PerfEventOpen open) {
  if (const auto* absence = std::get_if<Absence>(&countable.by)) return {absent_reading(countable, *absence)};
  if (const auto* papi = std::get_if<PapiEvent>(&countable.by)) {
    PapiCounters counters({*papi});
    counters.start(0);
    const auto before = counters.read();
    do_a_little_of_everything();
    const auto value = counters.read().front() - before.front();
    if (auto lack = counters.lack(0, access)) return {absent_reading(countable, std::move(*lack))};
    return {reading_by_papi(countable, value), surely && value == 0};
  }
  const auto* encoding = std::get_if<Encoding>(&countable.by);
  if (!encoding) {
    rusage before{}, after{};
    getrusage(RUSAGE_SELF, &before);
    do_a_little_of_everything();
    getrusage(RUSAGE_SELF, &after);
    Reading reading = reading_of(countable, usage_from(after, 0));
    auto& value = std::get<std::uint64_t>(reading.value);
    value -= value_of(usage_from(before, 0), std::get<UsageField>(countable.by));
    return {reading, surely && value == 0};
  }
  const Reading reading = countable.cores.empty()
                              ? std::visit([&](const auto& counted) { return reading_or_absence(countable, counted); },
                                           try_counter(*encoding, countable.event.leader, access, open))
                              : on_each_type_of_core(countable, access, open);
  return {reading, surely && raw(reading) == 0};
}

}  // namespace countercheck
