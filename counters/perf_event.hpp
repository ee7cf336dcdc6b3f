#pragma once

#include <linux/perf_event.h>
#include <sys/types.h>

#include <cstdint>
#include <optional>

namespace countercheck {

// perf_event_open(2), which libc does not wrap; -1 and errno. A plain pointer so that a test can script it and the
// child between vfork and exec can call it.
using PerfEventOpen = int (*)(perf_event_attr* attr, pid_t pid, int cpu, int group, unsigned long flags);

int perf_event_open(perf_event_attr* attr, pid_t pid, int cpu, int group, unsigned long flags);

// What a counter opened with attributes() gives to read(2).
struct CounterValue {
  std::uint64_t value = 0;
  std::uint64_t time_enabled = 0;  // ns
  std::uint64_t time_running = 0;  // ns
};

// Empty when the kernel gives fewer bytes (a pinned event in error state reads none).
std::optional<CounterValue> read_counter(int descriptor);

}  // namespace countercheck
