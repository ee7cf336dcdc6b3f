#include "analysis/event_names.hpp"

#include <gtest/gtest.h>

namespace countercheck {
namespace {

TEST(EventNames, TheBaseIsWithoutModifiers) {
  EXPECT_EQ(base_name("cycles"), "cycles");
  EXPECT_EQ(base_name("cycles:u"), "cycles");
  EXPECT_EQ(base_name("cycles:ukp"), "cycles");
  EXPECT_EQ(base_name("LLC-load-misses:k"), "LLC-load-misses");
  EXPECT_EQ(base_name("r01c2:u"), "r01c2");
}

TEST(EventNames, AUnitMaskIsNoModifier) {
  EXPECT_EQ(base_name("skl::L1D:REPLACEMENT"), "skl::L1D:REPLACEMENT");
  EXPECT_EQ(base_name("skl::L1D:REPLACEMENT:u"), "skl::L1D:REPLACEMENT");
  EXPECT_EQ(base_name("skl::L1D:REPLACEMENT:u:k"), "skl::L1D:REPLACEMENT");
  EXPECT_EQ(base_name("skl::INST_RETIRED"), "skl::INST_RETIRED");
  EXPECT_EQ(base_name("x::EVENT:D"), "x::EVENT:D");
}

TEST(EventNames, ModifiersStandBehindTheSlashOfARawEvent) {
  EXPECT_EQ(base_name("cpu/event=0x3c/u"), "cpu/event=0x3c/");
  EXPECT_EQ(base_name("cpu/event=0x3c/"), "cpu/event=0x3c/");
}

TEST(EventNames, ACountOfUserModeOnlyNeverStandsUnderThePlainName) {
  EXPECT_EQ(event_label("cycles", Source::pmu, Privilege::user_and_kernel), "cycles");
  EXPECT_EQ(event_label("cycles", Source::pmu, Privilege::user), "cycles:u");
  EXPECT_EQ(event_label("cycles:u", Source::pmu, Privilege::user), "cycles:u");
  EXPECT_EQ(event_label("cycles:k", Source::pmu, Privilege::kernel), "cycles:k");
  EXPECT_EQ(event_label("cycles:pp", Source::pmu, Privilege::user), "cycles:ppu");
  EXPECT_EQ(event_label("page-faults", Source::kernel, Privilege::user), "page-faults:u");
  EXPECT_EQ(event_label("skl::L1D:REPLACEMENT", Source::pmu, Privilege::user), "skl::L1D:REPLACEMENT:u");
  EXPECT_EQ(event_label("cpu/event=0x3c/", Source::pmu, Privilege::user), "cpu/event=0x3c/u");
}

TEST(EventNames, AClockHasNoLevel) {
  EXPECT_EQ(event_label("user-time", Source::rusage, Privilege::user), "user-time");
  EXPECT_EQ(event_label("wall-time", Source::clock, Privilege::user), "wall-time");
}

}  // namespace
}  // namespace countercheck
