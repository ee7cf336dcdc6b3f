#include "experiment/pass_counters.hpp"

#include <gmock/gmock.h>

namespace countercheck {
namespace {

using ::testing::ElementsAre;

Encoding hardware(std::uint64_t config) {
  return {.type = PERF_TYPE_HARDWARE, .config = config};
}
Countable counter(const std::string& name, std::uint64_t config) {
  return {.event = {.name = name}, .by = hardware(config), .cores = {}};
}
Countable on_two_types(const std::string& name, std::uint64_t config) {
  Countable countable = counter(name, config);
  countable.cores = {{"cpu_atom", hardware(config | 0xa00000000)}, {"cpu_core", hardware(config | 0x400000000)}};
  return countable;
}
Countable faults() {
  return {.event = {.name = "page-faults"},
          .by = Encoding{.type = PERF_TYPE_SOFTWARE, .config = PERF_COUNT_SW_PAGE_FAULTS},
          .cores = {}};
}

PassCounters::Gathered gathered(std::vector<Counted> counted) {
  const std::size_t number = counted.size();
  return {std::move(counted), std::vector<bool>(number, false)};
}

class Passes : public ::testing::Test {
 protected:
  std::vector<Countable> countables_ = {counter("cycles", 0), counter("instructions", 1), counter("branches", 4),
                                        faults()};
  PassPlan plan_{.passes = {{{{1, 0}}}, {{{1, 2}}}}};
};

TEST_F(Passes, AGroupIsSwitchedByItsLeader) {
  const PassCounters first(countables_, plan_, 0, false);
  EXPECT_THAT(first.leaders(), ElementsAre(-1, 0, -1));
  const auto& attributes = first.attributes();
  ASSERT_EQ(attributes.size(), 3u);
  EXPECT_EQ(attributes[0].config, 1u);
  EXPECT_TRUE(attributes[0].disabled);
  EXPECT_TRUE(attributes[0].enable_on_exec);
  EXPECT_EQ(attributes[1].config, 0u);
  EXPECT_FALSE(attributes[1].disabled) << "it goes with its leader";
  EXPECT_FALSE(attributes[1].enable_on_exec);
  EXPECT_EQ(attributes[2].type, static_cast<unsigned>(PERF_TYPE_SOFTWARE)) << "needs no counter: is in every pass";
  EXPECT_TRUE(attributes[2].disabled);
  for (const auto& attribute : attributes) EXPECT_TRUE(attribute.inherit);
  EXPECT_FALSE(PassCounters(countables_, plan_, 0, true).attributes()[0].enable_on_exec) << "the marks switch it on";
}

TEST_F(Passes, WithoutAPlanEachIsOnItsOwn) {
  const PassCounters all(countables_, {}, 0, false);
  EXPECT_THAT(all.leaders(), ElementsAre(-1, -1, -1, -1));
}

TEST_F(Passes, WhatIsOfAnotherPassIsAbsentWithThatReason) {
  const PassCounters first(countables_, plan_, 0, false);
  const auto counts = gathered({CounterValue{7, 20, 20}, CounterValue{9, 20, 20}, CounterValue{3, 20, 20}});
  EXPECT_EQ(raw(first.reading(1, counts)), 7u);
  EXPECT_EQ(raw(first.reading(0, counts)), 9u);
  EXPECT_EQ(first.reading(0, counts).group, 1u);
  EXPECT_EQ(raw(first.reading(3, counts)), 3u);
  EXPECT_EQ(first.reading(3, counts).group, 0u);
  const Reading branches = first.reading(2, counts);
  ASSERT_NE(absence(branches), nullptr);
  EXPECT_EQ(absence(branches)->reason, AbsenceReason::other_pass);
  EXPECT_EQ(absence(branches)->sentence, "it is counted in other samples, in another pass");
}

TEST_F(Passes, AGroupThatNeverRanIsSaidToHaveNeverRun) {
  const PassCounters first(countables_, plan_, 0, false);
  const auto counts = gathered({CounterValue{0, 20, 0}, CounterValue{0, 20, 0}, CounterValue{3, 20, 20}});
  const Reading cycles = first.reading(0, counts);
  ASSERT_NE(absence(cycles), nullptr);
  EXPECT_EQ(absence(cycles)->reason, AbsenceReason::never_scheduled);
  EXPECT_EQ(
      absence(cycles)->sentence,
      "the group of 2 events that it was opened in was switched on and never got its counters of the PMU: ask for "
      "fewer events at a time");
}

TEST_F(Passes, OneThatTheKernelPutOutsideItsGroupIsNotOfTheGroup) {
  const PassCounters first(countables_, plan_, 0, false);
  auto counts = gathered({CounterValue{7, 20, 20}, CounterValue{9, 20, 3}, CounterValue{3, 20, 20}});
  counts.alone[1] = true;
  EXPECT_EQ(first.reading(0, counts).group, 0u);
  EXPECT_EQ(first.reading(1, counts).group, 1u);
}

TEST(HybridPasses, EachTypeOfCoreHasItsGroupAndCountsAreSummed) {
  const std::vector<Countable> countables = {on_two_types("cycles", 0), on_two_types("instructions", 1)};
  const PassCounters pass(countables, {.passes = {{{{1, 0}}}}}, 0, false);
  EXPECT_THAT(pass.leaders(), ElementsAre(-1, 0, -1, 2));
  EXPECT_EQ(pass.attributes()[0].config, 0xa00000001u);
  EXPECT_EQ(pass.attributes()[3].config, 0x400000000u);
  const auto counts = gathered(
      {CounterValue{30, 100, 60}, CounterValue{90, 100, 60}, CounterValue{5, 100, 40}, CounterValue{8, 100, 40}});
  const Reading cycles = pass.reading(0, counts);
  EXPECT_EQ(raw(cycles), 98u);
  EXPECT_EQ(coverage(cycles), 1);
  EXPECT_EQ(cycles.group, 1u);
}

// The pinned anchor was on for 60 and 40 of 100; the other shared its counters.
TEST(HybridPasses, CoverageIsOfTheTimeOnEachTypeOfCore) {
  const std::vector<Countable> countables = {on_two_types("branches", 4), on_two_types("instructions", 1)};
  const PassCounters pass(countables, {.passes = {{{{1}, true}, {{0}}}}}, 0, false);
  EXPECT_TRUE(pass.attributes()[0].pinned);
  EXPECT_FALSE(pass.attributes()[2].pinned);
  const auto counts = gathered(
      {CounterValue{30, 100, 60}, CounterValue{5, 100, 40}, CounterValue{9, 100, 15}, CounterValue{8, 100, 40}});
  const Reading branches = pass.reading(0, counts);
  EXPECT_EQ(raw(branches), 17u);
  EXPECT_EQ(branches.cores, (std::vector<CoreCount>{{"cpu_atom", 9, 60, 15}, {"cpu_core", 8, 40, 40}}));
  EXPECT_EQ(coverage(branches), 0.55);
}

}  // namespace
}  // namespace countercheck
