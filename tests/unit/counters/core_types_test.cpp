#include "counters/core_types.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>

#include "counters/countable.hpp"
#include "tests/unit/counters/scripted_pmu.hpp"

namespace countercheck {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::ScriptedPmu;

// A tree as the kernel shows it on an Alder Lake: the performance cores have the number of raw codes.
class Hybrid : public ::testing::Test {
 protected:
  void SetUp() override {
    ScriptedPmu::now() = ScriptedPmu();
    ScriptedPmu::now().units = {{10, {6, {}}}, {4, {8, {}}}};
    put("cpu_core/type", "4");
    put("cpu_core/cpus", "0-15");
    put("cpu_core/format/event", "config:0-7");
    put("cpu_atom/type", "10");
    put("cpu_atom/cpus", "16-23");
    put("cpu_atom/format/event", "config:0-7");
    put("uncore_imc_0/type", "20");
    put("uncore_imc_0/cpumask", "0");
    access_ = {.paranoid = 1, .cpu_pmus = cpu_pmus(root_), .cores = core_pmus(root_)};
  }
  void TearDown() override { fs::remove_all(root_); }

  void put(const std::string& file, const std::string& text) const {
    fs::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file) << text << '\n';
  }
  Countable settled(const std::string& name) const {
    return settle({parse_event(name, root_)}, access_, ScriptedPmu::open).front();
  }
  static std::vector<std::string> opened(const Countable& countable) {
    std::vector<std::string> shown;
    for (const auto& core : countable.cores) {
      const auto* const encoding = std::get_if<Encoding>(&core.by);
      shown.push_back(core.pmu + ": " + (encoding ? describe(*encoding) : std::get<Absence>(core.by).sentence));
    }
    return shown;
  }

  fs::path root_ = fs::temp_directory_path() / ("countercheck-hybrid-" + std::to_string(getpid()));
  Access access_;
};

TEST_F(Hybrid, ThePmusOfTheCoresAreFound) {
  EXPECT_THAT(access_.cores, ElementsAre(CorePmu{"cpu_atom", 10, "16-23"}, CorePmu{"cpu_core", 4, "0-15"}));
}

// Source: PERF_PMU_TYPE_SHIFT in include/uapi/linux/perf_event.h.
TEST_F(Hybrid, AGenericEventNamesThePmuAboveBit32) {
  EXPECT_THAT(opened(settled("instructions")),
              ElementsAre("cpu_atom: type 0, config 0xa00000001", "cpu_core: type 0, config 0x400000001"));
  EXPECT_THAT(opened(settled("L1-dcache-loads")),
              ElementsAre("cpu_atom: type 3, config 0xa00000000", "cpu_core: type 3, config 0x400000000"));
}

TEST_F(Hybrid, ARawCodeIsForEveryPmuAndANamedPmuForItself) {
  EXPECT_THAT(opened(settled("r00c0")), ElementsAre("cpu_atom: type 10, config 0xc0", "cpu_core: type 4, config 0xc0"));
  EXPECT_THAT(opened(settled("cpu_core/event=0xc0/")), ElementsAre("cpu_core: type 4, config 0xc0"));
  EXPECT_THAT(opened(settled("cpu_atom/event=0xc0/")), ElementsAre("cpu_atom: type 10, config 0xc0"));
  EXPECT_THAT(opened(settled("page-faults")), IsEmpty()) << "the kernel counts it on every core";
}

TEST_F(Hybrid, APmuWithoutTheEventSaysSo) {
  ScriptedPmu::now().missing = {{0, 0xa00000003}};
  const Countable misses = settled("cache-misses");
  ASSERT_EQ(misses.cores.size(), 2u);
  EXPECT_TRUE(std::holds_alternative<Absence>(misses.cores[0].by));
  EXPECT_EQ(std::get<Encoding>(misses.by).config, 0x400000003u);
}

TEST_F(Hybrid, WhatNoPmuHasIsAbsent) {
  ScriptedPmu::now().missing = {{0, 0xa00000003}, {0, 0x400000003}};
  EXPECT_TRUE(std::holds_alternative<Absence>(settled("cache-misses").by));
  EXPECT_THAT(settled("cache-misses").cores, IsEmpty());
}

TEST_F(Hybrid, CountsAreSummedAndNeverScaled) {
  const Countable instructions = settled("instructions");
  const std::vector<Counted> counted = {CounterValue{.value = 300, .time_enabled = 1000, .time_running = 700},
                                        CounterValue{.value = 40, .time_enabled = 1000, .time_running = 300}};
  const std::vector<std::uint64_t> there = {700, 300};
  const Reading whole = reading_of(instructions, counted, there);
  EXPECT_EQ(raw(whole), 340u);
  EXPECT_EQ(coverage(whole), 1) << "each counter was on for all of the time on its cores";
  EXPECT_EQ(whole.cores, (std::vector<CoreCount>{{"cpu_atom", 300, 700, 700}, {"cpu_core", 40, 300, 300}}));

  const std::vector<Counted> shared = {CounterValue{.value = 120, .time_enabled = 1000, .time_running = 280},
                                       CounterValue{.value = 40, .time_enabled = 1000, .time_running = 300}};
  const Reading part = reading_of(instructions, shared, there);
  EXPECT_EQ(coverage(part), 0.58);
  EXPECT_EQ(estimate(part), 160) << "a sum over types of cores is not scaled";
}

TEST_F(Hybrid, ATypeOfCoreThatWasNeverUsedTakesNothingAway) {
  const std::vector<Counted> counted = {CounterValue{.value = 0, .time_enabled = 1000, .time_running = 0},
                                        CounterValue{.value = 40, .time_enabled = 1000, .time_running = 1000}};
  const Reading reading = reading_of(settled("instructions"), counted, std::vector<std::uint64_t>{0, 1000});
  EXPECT_EQ(raw(reading), 40u);
  EXPECT_EQ(coverage(reading), 1);
}

TEST_F(Hybrid, APmuWithoutTheEventLowersTheCoverageByTheTimeSpentThere) {
  ScriptedPmu::now().missing = {{0, 0xa00000003}};
  const Countable misses = settled("cache-misses");
  const std::vector<Counted> counted = {std::get<Absence>(misses.cores[0].by),
                                        CounterValue{.value = 9, .time_enabled = 1000, .time_running = 300}};
  const Reading reading = reading_of(misses, counted, std::vector<std::uint64_t>{700, 300});
  EXPECT_EQ(raw(reading), 9u);
  EXPECT_EQ(coverage(reading), 0.3);
  EXPECT_FALSE(reading.cores[0].value) << "absent, not 0";
}

TEST_F(Hybrid, AnEventOfOnePmuIsMeasuredAgainstTheTimeOnItsCores) {
  const Countable cycles = settled("cpu_core/event=0x3c/");
  const std::vector<Counted> counted = {CounterValue{.value = 40, .time_enabled = 1000, .time_running = 300}};
  EXPECT_EQ(coverage(reading_of(cycles, counted, std::vector<std::uint64_t>{300})), 1);
  EXPECT_EQ(coverage(reading_of(cycles, counted, std::vector<std::uint64_t>{400})), 0.75);
}

TEST_F(Hybrid, TimeInWhichNoCounterWasOnIsMissing) {
  const std::vector<Counted> counted = {CounterValue{.value = 300, .time_enabled = 2000, .time_running = 700},
                                        CounterValue{.value = 40, .time_enabled = 2000, .time_running = 300}};
  EXPECT_EQ(coverage(reading_of(settled("cycles"), counted, std::vector<std::uint64_t>{700, 300})), 0.5)
      << "another program held the PMU";
}

TEST_F(Hybrid, WhereNoCounterRanTheReadingIsAbsent) {
  const std::vector<Counted> counted = {CounterValue{.value = 0, .time_enabled = 1000, .time_running = 0},
                                        CounterValue{.value = 0, .time_enabled = 1000, .time_running = 0}};
  const Reading starved = reading_of(settled("cycles"), counted, std::vector<std::uint64_t>{700, 300});
  ASSERT_NE(absence(starved), nullptr);
  EXPECT_EQ(absence(starved)->reason, AbsenceReason::never_scheduled);
}

TEST(CorePmus, AlikeCoresNeedNoSecondCounter) {
  EXPECT_THAT(on_each_core({.type = PERF_TYPE_HARDWARE, .config = 1}, {{"cpu", 4, ""}}, false), IsEmpty());
  EXPECT_TRUE(counts_on_core({.type = 8, .config = 0x11}, {{"armv8_pmuv3_0", 8, "0-3"}}));
  EXPECT_FALSE(counts_on_core({.type = 11, .config = 4}, {{"cpu", 4, ""}})) << "amd_l3 is outside the cores";
}

TEST(CpuList, ClosedForms) {
  EXPECT_THAT(cpu_list("0-3,8"), ElementsAre(0u, 1u, 2u, 3u, 8u));
  EXPECT_THAT(cpu_list("5"), ElementsAre(5u));
  EXPECT_THAT(cpu_list(""), IsEmpty());
  EXPECT_THAT(cpu_list("2,x"), ElementsAre(2u));
}

}  // namespace
}  // namespace countercheck
