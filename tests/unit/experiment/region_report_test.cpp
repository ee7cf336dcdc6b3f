#include "experiment/region_report.hpp"

#include <gtest/gtest.h>

#include <bit>

namespace countercheck {
namespace {

constexpr std::string_view kEntry =
    "region wall_ns=1500 items=64 minflt=7 majflt=1 nvcsw=2 nivcsw=3 utime_us=11 stime_us=13 owner=1\n";

TEST(RegionReport, NothingIsNoEntry) {
  EXPECT_EQ(parse_region_report("").entries, 0u);
  EXPECT_TRUE(parse_region_report("").digest.empty());
}

TEST(RegionReport, EntriesAddUp) {
  const RegionReport report = parse_region_report(std::string(kEntry) + std::string(kEntry) + std::string(kEntry));
  EXPECT_EQ(report.entries, 3u);
  EXPECT_TRUE(report.by_owner);
  EXPECT_EQ(report.work_items, 192u);
  EXPECT_EQ(report.usage.wall_ns, 4500u);
  EXPECT_EQ(report.usage.minor_faults, 21u);
  EXPECT_EQ(report.usage.major_faults, 3u);
  EXPECT_EQ(report.usage.voluntary_switches, 6u);
  EXPECT_EQ(report.usage.involuntary_switches, 9u);
  EXPECT_EQ(report.usage.user_us, 33u);
  EXPECT_EQ(report.usage.system_us, 39u);
}

TEST(RegionReport, EntriesOfOtherTasksCountOnlyWhereTheOwnerHasNone) {
  std::string foreign(kEntry);
  foreign.replace(foreign.find("owner=1"), 7, "owner=0");
  EXPECT_FALSE(parse_region_report(foreign).by_owner);
  EXPECT_EQ(parse_region_report(foreign + foreign).entries, 2u);
  for (const auto& lines : {foreign + std::string(kEntry), std::string(kEntry) + foreign}) {
    const RegionReport report = parse_region_report(lines);
    EXPECT_TRUE(report.by_owner);
    EXPECT_EQ(report.entries, 1u);
    EXPECT_EQ(report.usage.wall_ns, 1500u);
  }
}

TEST(RegionReport, DigestsKeepTheirKindAndOrder) {
  // 0x400921fb54442d18 is the double nearest to pi (IEEE 754).
  const auto report = parse_region_report("digest exact=ffffffffffffffff\ndigest real=400921fb54442d18\n");
  ASSERT_EQ(report.digest.size(), 2u);
  EXPECT_EQ(std::get<std::uint64_t>(report.digest[0]), ~std::uint64_t{0});
  EXPECT_EQ(std::get<double>(report.digest[1]), 3.141592653589793);
}

TEST(RegionReport, WhatACrashLeavesIsPassedOver) {
  EXPECT_EQ(parse_region_report(kEntry.substr(0, kEntry.size() - 1)).entries, 0u) << "a line without its end";
  EXPECT_EQ(parse_region_report("region wall_ns=x owner=1\nnoise\nregion\n").entries, 0u);
  EXPECT_TRUE(parse_region_report("digest real=\ndigest exact=xyz\n").digest.empty());
}

}  // namespace
}  // namespace countercheck
