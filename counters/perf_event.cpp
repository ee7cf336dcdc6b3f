#include "counters/perf_event.hpp"

#include <sys/syscall.h>
#include <unistd.h>

namespace countercheck {

int perf_event_open(perf_event_attr* attr, pid_t pid, int cpu, int group, unsigned long flags) {
  return static_cast<int>(syscall(SYS_perf_event_open, attr, pid, cpu, group, flags));
}

std::optional<CounterValue> read_counter(int descriptor) {
  CounterValue value;
  static_assert(sizeof value == 3 * sizeof(std::uint64_t));
  if (::read(descriptor, &value, sizeof value) != sizeof value) return std::nullopt;
  return value;
}

}  // namespace countercheck
