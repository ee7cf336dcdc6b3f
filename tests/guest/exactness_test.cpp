#include <gmock/gmock.h>

#include <map>

#include "tests/cli/tool.hpp"
#include "tests/guest/row.hpp"

namespace countercheck {
namespace {

using testing::HasSubstr;

// counted_loop executes two instructions a turn; what stands around the loop must not depend on the turns.
constexpr std::uint64_t kMillionTurns = 2'000'000;

class Exactness : public Guest {
 protected:
  Exactness() : Guest("cortex-a57") {}

  // Of one place, a million turns more.
  void expect_a_million_turns_more(const std::string& place) const {
    const auto few = row(place + "-1000000").value("instructions:u");
    EXPECT_EQ(row(place + "-2000000").value("instructions:u") - few, kMillionTurns) << place;
    EXPECT_GE(few, kMillionTurns);
  }
};

TEST_F(Exactness, ARegionIsItsInstructionsAndAConstant) {
  const auto marks = row("region-1000").value("instructions:u") - 2'000;
  EXPECT_EQ(row("region-1000000").value("instructions:u"), 2'000'000 + marks);
  EXPECT_EQ(row("region-10000000").value("instructions:u"), 20'000'000 + marks);
  EXPECT_GT(marks, 0u);
  EXPECT_LT(marks, 200u) << "the marks themselves cost this much";
}

TEST_F(Exactness, NothingOutsideTheMarksIsCounted) {
  EXPECT_EQ(row("region-outside").value("instructions:u"), row("region-1000").value("instructions:u"));
}

TEST_F(Exactness, ManyEntriesAddUp) {
  EXPECT_EQ(row("region-entries").value("instructions:u"), 17 * row("region-1000").value("instructions:u"));
}

// Of a whole process: the counters of a region are switched one after the other, and an interrupt may come between.
TEST_F(Exactness, UserAndKernelAddUpToBoth) {
  for (const char* name : {"paranoid-0", "paranoid-1"}) {
    const Row split = row(name);
    EXPECT_GT(split.value("instructions:k"), 0u);
    EXPECT_EQ(split.value("instructions"), split.value("instructions:u") + split.value("instructions:k"));
  }
}

TEST_F(Exactness, TheKernelBesideItChangesNothingInUserMode) {
  EXPECT_EQ(row("region-kernel").value("instructions:u"), row("region-1000000").value("instructions:u"));
}

TEST_F(Exactness, ThreadsAndChildrenAreInherited) {
  for (const char* place : {"older-thread", "newer-thread", "fork", "exec"}) expect_a_million_turns_more(place);
}

TEST_F(Exactness, TheWholeProcessIsConstantOverRepeats) {
  ASSERT_EQ(row("whole-1000000").values("instructions:u").size(), 5u);
  expect_a_million_turns_more("whole");
}

// The emulated clock ticks once an instruction.
TEST_F(Exactness, CyclesAndInstructionsOfAProcessAreOne) {
  const auto cycles = row("stat").values("cycles");
  EXPECT_EQ(cycles.size(), 3u);
  EXPECT_EQ(cycles, row("stat").values("instructions"));
}

TEST_F(Exactness, ATeamIsTheSumOfItsThreads) {
  const Row team = row("team");
  ASSERT_EQ(team.status, 0) << team.err;
  const auto values = team.values("instructions:u");
  const auto sums = lines_with(team.err, "thread_counts: 4 threads, ");
  ASSERT_EQ(values.size(), 3u);
  ASSERT_EQ(sums.size(), 3u) << team.err;
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_EQ(sums[i], "thread_counts: 4 threads, " + std::to_string(values[i]) + " instructions");
  }
}

TEST_F(Exactness, MarksOfAThreadAreNoZero) {
  for (const auto& reading : row("mark-from-thread").readings("instructions:u")) {
    ASSERT_NE(absence(reading), nullptr);
    EXPECT_EQ(absence(reading)->reason, AbsenceReason::not_marked);
  }
}

// One counter under many names, more of them than the PMU has counters: the kernel lets them take turns, and what each
// would have counted all the time is estimated.
TEST_F(Exactness, EventsThatTakeTurnsAreEstimatesAndSaySo) {
  const Row turns = row("turns");
  ASSERT_EQ(turns.status, 0) << turns.err;
  const auto readings = turns.results().samples.front().readings;
  const double truth = 2 * 200'000'000.0;
  int events = 0;
  for (const auto& reading : readings) {
    if (reading.source != Source::pmu) continue;
    ++events;
    EXPECT_GT(coverage(reading), 0.3) << reading.event;
    EXPECT_LT(coverage(reading), 0.9) << reading.event;
    EXPECT_NEAR(estimate(reading).value_or(0), truth, 0.001 * truth) << reading.event;
    const auto line = lines_with(turns.out, " " + reading.event + " ");
    ASSERT_EQ(line.size(), 1u) << reading.event;
    EXPECT_THAT(line.front(), HasSubstr("[estimated, counted "));
  }
  EXPECT_EQ(events, 12);
}

TEST_F(Exactness, EventsDealtToPassesAreExact) {
  const auto truth = row("region-1000000").value("instructions:u");
  for (const char* name : {"passes", "passes-mixed"}) {
    std::map<std::string, int> counted;
    const Experiment experiment = row(name).results();
    EXPECT_EQ(experiment.event_passes.size(), name == std::string("passes") ? 3u : 2u) << name;
    for (const auto& sample : experiment.samples) {
      for (const auto& reading : sample.readings) {
        if (reading.source != Source::pmu) continue;
        if (const auto* why = absence(reading)) {
          EXPECT_EQ(to_string(why->reason), "other_pass") << reading.event;
          continue;
        }
        ++counted[reading.event];
        EXPECT_EQ(raw(reading), truth) << name << ", " << reading.event;
        EXPECT_EQ(coverage(reading), 1.0) << name << ", " << reading.event;
      }
    }
    EXPECT_EQ(counted.size(), 12u) << name;
  }
}

// PAPI follows threads and children as we do, and both see the same last instruction.
TEST_F(Exactness, PapiCountsTheSame) {
  for (const char* name : {"papi-whole", "papi-tree", "papi-team"}) {
    const Row papi = row(name);
    ASSERT_EQ(papi.status, 0) << papi.err;
    EXPECT_EQ(papi.values("PAPI_TOT_INS:u"), papi.values("instructions:u")) << name;
    for (const auto& reading : papi.readings("PAPI_TOT_INS:u")) EXPECT_EQ(reading.source, Source::papi) << name;
    for (const auto& reading : papi.readings("instructions:u")) EXPECT_EQ(reading.source, Source::pmu) << name;
  }
  EXPECT_EQ(row("papi-whole").values("PAPI_TOT_CYC:u"), row("papi-whole").values("cycles:u"));
}

// PAPI is read while the mark waits: what the mark does meanwhile is a constant, and the loop is not.
TEST_F(Exactness, PapisRegionIsItsInstructionsAndAConstant) {
  const Row few = row("papi-region-1000000");
  const Row many = row("papi-region-2000000");
  EXPECT_EQ(many.value("PAPI_TOT_INS:u") - few.value("PAPI_TOT_INS:u"), kMillionTurns);
  EXPECT_EQ(many.value("instructions:u") - few.value("instructions:u"), kMillionTurns);
}

TEST_F(Exactness, PapiCountsPagesOfARegion) {
  EXPECT_EQ(row("papi-pages").value("page-faults"), 2048u);
  for (const auto& reading : row("papi-pages").readings("page-faults")) EXPECT_EQ(reading.source, Source::papi);
}

TEST_F(Exactness, WhatPapiCannotMapIsNoZero) {
  row("papi-unmapped")
      .expect_absent("PAPI_L3_TCM", AbsenceReason::unsupported,
                     "PAPI cannot count PAPI_L3_TCM: its tables map it to no native event of this CPU (papi_avail -a "
                     "shows the presets it has)");
}

// Valgrind on this architecture, with our tool: one branch a turn.
TEST_F(Exactness, TheSimulatorRunsAndIsExactToo) {
  const Row few = row("simulated-1000");
  const Row more = row("simulated-2000");
  ASSERT_EQ(few.status, 0) << few.err;
  EXPECT_EQ(few.readings("instructions").front().source, Source::sim);
  EXPECT_EQ(more.value("instructions") - few.value("instructions"), 2'000u);
  EXPECT_EQ(more.value("branches") - few.value("branches"), 1'000u);
}

TEST_F(Exactness, EveryWayToNameInstructionsCountsTheSame) {
  const Row native = row("native");
  const auto generic = native.value("instructions:u");
  for (const char* name : {"INST_RETIRED:u", "arm_ac57::INST_RETIRED:u", "r8:u", "armv8_pmuv3/inst_retired/u"}) {
    EXPECT_EQ(native.value(name), generic) << name;
  }
}

}  // namespace
}  // namespace countercheck
