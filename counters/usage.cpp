#include "counters/usage.hpp"

#include <algorithm>

namespace countercheck {
namespace {

std::uint64_t whole(long value) {
  return value < 0 ? 0 : static_cast<std::uint64_t>(value);
}
std::uint64_t microseconds(timeval time) {
  return whole(time.tv_sec) * 1'000'000 + whole(time.tv_usec);
}

}  // namespace

Usage usage_from(const rusage& usage, std::uint64_t wall_ns) {
  return Usage{.wall_ns = wall_ns,
               .user_us = microseconds(usage.ru_utime),
               .system_us = microseconds(usage.ru_stime),
               .peak_rss_bytes = whole(usage.ru_maxrss) * 1024,
               .minor_faults = whole(usage.ru_minflt),
               .major_faults = whole(usage.ru_majflt),
               .voluntary_switches = whole(usage.ru_nvcsw),
               .involuntary_switches = whole(usage.ru_nivcsw)};
}

Usage sum(const Usage& one, const Usage& other) {
  return Usage{.wall_ns = one.wall_ns + other.wall_ns,
               .user_us = one.user_us + other.user_us,
               .system_us = one.system_us + other.system_us,
               .peak_rss_bytes = std::max(one.peak_rss_bytes, other.peak_rss_bytes),
               .minor_faults = one.minor_faults + other.minor_faults,
               .major_faults = one.major_faults + other.major_faults,
               .voluntary_switches = one.voluntary_switches + other.voluntary_switches,
               .involuntary_switches = one.involuntary_switches + other.involuntary_switches};
}

Usage growth(const Usage& begin, const Usage& end) {
  // The kernel scales user and system time to a sum that it knows better: one of them may shrink by a microsecond
  // (kernel/sched/cputime.c, cputime_adjust).
  const auto grown = [](std::uint64_t before, std::uint64_t after) { return after > before ? after - before : 0; };
  return Usage{.wall_ns = grown(begin.wall_ns, end.wall_ns),
               .user_us = grown(begin.user_us, end.user_us),
               .system_us = grown(begin.system_us, end.system_us),
               .peak_rss_bytes = end.peak_rss_bytes,
               .minor_faults = grown(begin.minor_faults, end.minor_faults),
               .major_faults = grown(begin.major_faults, end.major_faults),
               .voluntary_switches = grown(begin.voluntary_switches, end.voluntary_switches),
               .involuntary_switches = grown(begin.involuntary_switches, end.involuntary_switches)};
}

std::uint64_t value_of(const Usage& usage, UsageField field) {
  switch (field) {
    case UsageField::wall_time:
      return usage.wall_ns;
    case UsageField::user_time:
      return usage.user_us * 1000;
    case UsageField::system_time:
      return usage.system_us * 1000;
    case UsageField::task_clock:
      return (usage.user_us + usage.system_us) * 1000;
    case UsageField::peak_rss:
      return usage.peak_rss_bytes;
    case UsageField::faults:
      return usage.minor_faults + usage.major_faults;
    case UsageField::minor_faults:
      return usage.minor_faults;
    case UsageField::major_faults:
      return usage.major_faults;
    case UsageField::switches:
      return usage.voluntary_switches + usage.involuntary_switches;
    case UsageField::voluntary_switches:
      return usage.voluntary_switches;
    case UsageField::involuntary_switches:
      return usage.involuntary_switches;
  }
  return 0;
}

}  // namespace countercheck
