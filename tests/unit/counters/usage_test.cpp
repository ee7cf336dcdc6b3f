#include "counters/usage.hpp"

#include <gtest/gtest.h>

namespace countercheck {
namespace {

TEST(Usage, FieldsAndTheirSumsKeepTheirUnits) {
  rusage kernel{};
  kernel.ru_utime = {.tv_sec = 2, .tv_usec = 500'000};
  kernel.ru_stime = {.tv_sec = 0, .tv_usec = 125};
  kernel.ru_maxrss = 81;  // KiB
  kernel.ru_minflt = 17;
  kernel.ru_majflt = 3;
  kernel.ru_nvcsw = 5;
  kernel.ru_nivcsw = 11;
  const Usage usage = usage_from(kernel, 987'654'321);
  EXPECT_EQ(value_of(usage, UsageField::wall_time), 987'654'321u);
  EXPECT_EQ(value_of(usage, UsageField::user_time), 2'500'000'000u);
  EXPECT_EQ(value_of(usage, UsageField::system_time), 125'000u);
  EXPECT_EQ(value_of(usage, UsageField::task_clock), 2'500'125'000u);
  EXPECT_EQ(value_of(usage, UsageField::peak_rss), 82'944u);
  EXPECT_EQ(value_of(usage, UsageField::faults), 20u);
  EXPECT_EQ(value_of(usage, UsageField::minor_faults), 17u);
  EXPECT_EQ(value_of(usage, UsageField::major_faults), 3u);
  EXPECT_EQ(value_of(usage, UsageField::switches), 16u);
  EXPECT_EQ(value_of(usage, UsageField::voluntary_switches), 5u);
  EXPECT_EQ(value_of(usage, UsageField::involuntary_switches), 11u);
}

}  // namespace
}  // namespace countercheck
