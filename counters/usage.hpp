#pragma once

#include <cstdint>
#include <optional>

#include <sys/resource.h>

namespace countercheck {

// What getrusage(2), wait4(2) or a clock can tell of a process or a region without any counter.
enum class UsageField {
  wall_time,    // ns, CLOCK_MONOTONIC
  user_time,    // ns, in steps of 1 us
  system_time,  // ns, in steps of 1 us
  task_clock,   // ns, user + system
  peak_rss,     // bytes, the largest of the process and its waited-for children
  faults,       // minor + major
  minor_faults,
  major_faults,
  switches,  // voluntary + involuntary
  voluntary_switches,
  involuntary_switches,
};

// The same totals wherever they came from: wait4's for a whole process, the marks' for a region.
struct Usage {
  std::uint64_t wall_ns = 0;
  std::uint64_t user_us = 0;
  std::uint64_t system_us = 0;
  std::uint64_t peak_rss_bytes = 0;
  std::uint64_t minor_faults = 0;
  std::uint64_t major_faults = 0;
  std::uint64_t voluntary_switches = 0;
  std::uint64_t involuntary_switches = 0;
};

// ru_maxrss is in KiB on Linux (getrusage(2)).
Usage usage_from(const rusage& usage, std::uint64_t wall_ns);

// What two of them add up to, and what came to `begin` until `end`. A peak is the larger one, and that of `end`.
Usage sum(const Usage& one, const Usage& other);
Usage growth(const Usage& begin, const Usage& end);

std::uint64_t value_of(const Usage& usage, UsageField field);

}  // namespace countercheck
