#include "counters/group.hpp"

#include <sys/ioctl.h>

#include <cerrno>

#include "counters/descriptor.hpp"

namespace countercheck {

perf_event_attr group_attributes(const Encoding& encoding, bool leader) {
  perf_event_attr attr = attributes(encoding);
  attr.disabled = leader;
  return attr;
}

std::vector<CounterOutcome> run_group(std::span<const Encoding> group, void (*work)(), PerfEventOpen open) {
  std::vector<Descriptor> counters;
  std::vector<CounterOutcome> outcomes;
  for (const auto& encoding : group) {
    const bool leads = counters.empty();
    if (!leads && !counters.front()) {
      outcomes.push_back(outcomes.front());
      continue;
    }
    perf_event_attr attr = group_attributes(encoding, leads);
    counters.emplace_back(open(&attr, 0, -1, leads ? -1 : counters.front().get(), PERF_FLAG_FD_CLOEXEC));
    outcomes.emplace_back(counters.back() ? 0 : errno);
  }
  if (counters.empty() || !counters.front()) return outcomes;
  ioctl(counters.front().get(), PERF_EVENT_IOC_ENABLE, 0);
  work();
  ioctl(counters.front().get(), PERF_EVENT_IOC_DISABLE, 0);
  for (std::size_t i = 0; i < counters.size(); ++i) {
    if (!counters[i]) continue;
    if (const auto value = read_counter(counters[i].get())) outcomes[i] = *value;
  }
  return outcomes;
}

bool ran_throughout(const CounterOutcome& outcome) {
  const auto* const value = std::get_if<CounterValue>(&outcome);
  return value && value->time_running > 0 && value->time_running >= value->time_enabled;
}

}  // namespace countercheck
