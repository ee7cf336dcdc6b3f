#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>

#include "tests/cli/tool.hpp"

namespace countercheck {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;
using testing::StartsWith;

Output wide(Words words) {
  words.insert(words.begin(), "events");
  return countercheck_with(words, [] { setenv("COLUMNS", "300", 1); });
}

TEST(Events, WithoutAWordAreThoseOfList) {
  const Output events = wide({});
  const Output list = countercheck_with({"list", "events"}, [] { setenv("COLUMNS", "300", 1); });
  ASSERT_EQ(events.status, 0) << events.err;
  EXPECT_EQ(events.out, list.out);
}

TEST(Events, AZen4PassportNamesLevelAndEncoding) {
  const Output output = wide({"cache-misses", "--family", "zen4"});
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_THAT(output.out, StartsWith("cache-misses on AMD Zen 4 (family 19h)\n"));
  EXPECT_THAT(lines_with(output.out, "encoding").front(), HasSubstr("cpu/config=0x964/, l2_cache_req_stat"));
  EXPECT_THAT(lines_with(output.out, "level ").front(), MatchesRegex("level +L2"));
  EXPECT_THAT(lines_with(output.out, "differs").front(), HasSubstr("L2 misses, not last-level misses"));
}

TEST(Events, AnAlderLakePassportIsOfBothCoreTypes) {
  const Output output = wide({"cache-misses", "--family", "alder-lake"});
  ASSERT_EQ(output.status, 0) << output.err;
  const auto encodings = lines_with(output.out, "encoding");
  ASSERT_EQ(encodings.size(), 2u);
  EXPECT_THAT(encodings[0], HasSubstr("cpu_atom/config=0x412e/, LONGEST_LAT_CACHE.MISS"));
  EXPECT_THAT(encodings[1], HasSubstr("cpu_core/config=0x412e/, LONGEST_LAT_CACHE.MISS"));
  const auto levels = lines_with(output.out, "level ");
  EXPECT_EQ(std::count_if(levels.begin(), levels.end(), [](const std::string& line) { return line.ends_with(" LLC"); }),
            2);
}

TEST(Events, WhatAFamilyDoesNotHaveIsSaidWithTheReason) {
  const Output output = wide({"LLC-loads", "--family", "zen4"});
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_THAT(lines_with(output.out, "not there").front(), HasSubstr("the L3 is counted by the amd_l3 PMU"));
  EXPECT_THAT(output.out, Not(HasSubstr("config=")));
}

TEST(Events, AFamilyWithoutAnEventIsShownWhole) {
  const Output output = wide({"--family", "neoverse-n1"});
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_THAT(lines_with(output.out, "cache-misses").front(), HasSubstr("L1d: "));
  EXPECT_GE(std::count(output.out.begin(), output.out.end(), '\n'), 28);
}

// The whole of what this machine makes of an event fits one screen, whether it can be counted or not.
TEST(Events, ThePassportOfThisMachineSaysWhatOpensOrWhyNothingDoes) {
  const Output output = countercheck_with({"events", "cache-misses"});
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_THAT(lines_with(output.out, "here ").front(),
              MatchesRegex("here +(opens, counted by the pmu|not counted: .*)"));
  EXPECT_LE(std::count(output.out.begin(), output.out.end(), '\n'), 40);
  const Output faults = wide({"page-faults"});
  EXPECT_THAT(lines_with(faults.out, "here ").front(),
              MatchesRegex("here +(opens, counted by the kernel|told by rusage.*)"));
}

TEST(Events, AnEventOfAnotherMachineHasItsEncodingAndItsMasks) {
  const Output output = wide({"amd64_k7::DATA_CACHE_REFILLS_FROM_SYSTEM"});
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_THAT(lines_with(output.out, "here ").front(), HasSubstr("not counted: it belongs to another machine's PMU"));
  EXPECT_FALSE(lines_with(output.out, "INVALID: ").empty()) << output.out;
  const Output whole = wide({"skl::L1D:REPLACEMENT"});
  EXPECT_THAT(lines_with(whole.out, "encoding").front(), HasSubstr("type 4, config 0x151, "));
}

TEST(Events, AreSearchedByNameAndDescriptionInEveryList) {
  const Output papi = wide({"level", "2", "data", "cache", "misses"});
  ASSERT_EQ(papi.status, 0) << papi.err;  // though "misses" is a command as well
  EXPECT_FALSE(lines_with(papi.out, "PAPI_L2_DCM").empty());
  const Output native = wide({"--pmu", "skl", "l1d", "replacement"});
  ASSERT_EQ(native.status, 0) << native.err;
  EXPECT_THAT(lines_with(native.out, "skl::L1D:REPLACEMENT").front(), HasSubstr("(not here)"));
  EXPECT_THAT(native.out, Not(HasSubstr("PAPI")));
  const Output perf = wide({"waited", "disk"});
  EXPECT_FALSE(lines_with(perf.out, "major-faults").empty());
  EXPECT_THAT(perf.out, Not(HasSubstr("amd64_k7")));
  EXPECT_FALSE(lines_with(wide({"--all", "retired", "instructions"}).out, "amd64_k7::RETIRED_INSTRUCTIONS").empty());
}

TEST(Events, AWrongNameGetsTheNearest) {
  const Output event = wide({"cache-mises"});
  EXPECT_EQ(event.status, 3);
  EXPECT_EQ(event.out, "");
  EXPECT_THAT(event.err, StartsWith("countercheck: no event has 'cache-mises' in its name or description; the nearest "
                                    "names are cache-misses, "));
  const Output family = wide({"cache-misses", "--family", "zen44"});
  EXPECT_EQ(family.status, 3);
  EXPECT_THAT(family.err, HasSubstr("there is no family 'zen44' (did you mean zen4?)"));
  const Output pmu = wide({"--pmu", "sk", "l1d"});
  EXPECT_EQ(pmu.status, 3);
  EXPECT_THAT(pmu.err, HasSubstr("libpfm4 knows no PMU 'sk'"));
  const Output of_family = wide({"page-faults", "--family", "zen4"});
  EXPECT_EQ(of_family.status, 3);
  EXPECT_THAT(of_family.err,
              HasSubstr("page-faults is no event of the processor, so it has no passport of a family: "));
}

}  // namespace
}  // namespace countercheck
