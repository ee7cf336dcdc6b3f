#include "counters/usage.hpp"

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
