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

constexpr Usage kBegin{.wall_ns = 3'000,
                       .user_us = 20,
                       .system_us = 11,
                       .peak_rss_bytes = 8'192,
                       .minor_faults = 3,
                       .major_faults = 1,
                       .voluntary_switches = 4,
                       .involuntary_switches = 2};
constexpr Usage kEnd{.wall_ns = 20'000,
                     .user_us = 19,
                     .system_us = 41,
                     .peak_rss_bytes = 4'096,
                     .minor_faults = 20,
                     .major_faults = 3,
                     .voluntary_switches = 11,
                     .involuntary_switches = 7};

TEST(Usage, GrowsByTheDifferenceAndKeepsThePeak) {
  const Usage grown = growth(kBegin, kEnd);
  EXPECT_EQ(grown.wall_ns, 17'000u);
  EXPECT_EQ(grown.user_us, 0u) << "what shrank did not grow by 2^64";
  EXPECT_EQ(grown.system_us, 30u);
  EXPECT_EQ(grown.peak_rss_bytes, 4'096u);
  EXPECT_EQ(value_of(grown, UsageField::faults), 19u);
  EXPECT_EQ(value_of(grown, UsageField::switches), 12u);
}

TEST(Usage, OfTwoAddsUpAndTakesTheHigherPeak) {
  const Usage both = sum(kBegin, kEnd);
  EXPECT_EQ(both.wall_ns, 23'000u);
  EXPECT_EQ(value_of(both, UsageField::task_clock), 91'000u);
  EXPECT_EQ(both.peak_rss_bytes, 8'192u);
  EXPECT_EQ(value_of(both, UsageField::minor_faults), 23u);
  EXPECT_EQ(value_of(both, UsageField::major_faults), 4u);
  EXPECT_EQ(value_of(both, UsageField::voluntary_switches), 15u);
  EXPECT_EQ(value_of(both, UsageField::involuntary_switches), 9u);
}

}  // namespace
}  // namespace countercheck
