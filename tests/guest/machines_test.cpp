#include <gmock/gmock.h>

#include "tests/cli/tool.hpp"
#include "tests/guest/row.hpp"

namespace countercheck {
namespace {

using testing::Each;
using testing::HasSubstr;
using testing::Not;

class KnownPmu : public Guest {
 protected:
  KnownPmu() : Guest("cortex-a57") {}
};

TEST_F(KnownPmu, DoctorCountsItAndNamesWhatItLacks) {
  const Row doctor = row("doctor");
  EXPECT_EQ(doctor.status, 0) << doctor.err;
  EXPECT_EQ(doctor.finding("hardware events"),
            "hardware events part cycles, instructions: opened, run and read; cache-references, cache-misses, "
            "branches, branch-misses, stalled-cycles-frontend, stalled-cycles-backend: the PMU of this machine has no "
            "such event");
  EXPECT_EQ(doctor.finding("user and kernel"),
            "user and kernel both kernel.perf_event_paranoid is 1, which allows both to every user");
  EXPECT_EQ(doctor.finding("caches"), "caches unknown neither the CPU nor the kernel tells them");
  EXPECT_THAT(doctor.finding("machine"), HasSubstr("0x41-0xd07-0x1, virtual, QEMU; Linux 6."));
  EXPECT_THAT(doctor.finding("machine"), HasSubstr("; 1 CPU, 1 for this process; 0.5 GiB of memory"));
  EXPECT_THAT(doctor.out, HasSubstr("\nHardware events can be counted here."));
}

TEST_F(KnownPmu, StatGivesTheBlockAndOneReasonForAllThatIsMissing) {
  const Row stat = row("stat");
  ASSERT_EQ(stat.status, 0) << stat.err;
  for (const char* event : {"stalled-cycles-frontend", "stalled-cycles-backend", "cache-references", "cache-misses",
                            "branches", "branch-misses"}) {
    stat.expect_absent(event, AbsenceReason::unsupported, "the PMU of this machine has no such event");
    EXPECT_THAT(lines_with(stat.out, event), Each(HasSubstr("<not supported> " + std::string(event)))) << event;
  }
  EXPECT_THAT(stat.out, HasSubstr("\n [1] the PMU of this machine has no such event\n"));
  EXPECT_THAT(lines_with(stat.out, "instructions ").front(), HasSubstr("1.00  insns per cycle"));
  EXPECT_THAT(lines_with(stat.out, "cycles ").front(), testing::ContainsRegex("(0\\.99|1\\.00)[0-9] GHz"));
}

TEST_F(KnownPmu, RunComparesWhatThePmuCounted) {
  const Row run = row("run");
  ASSERT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(lines_with(run.out, "instructions  ").front(), HasSubstr(" p "));
  EXPECT_THAT(unwrapped(run.out), HasSubstr("p counted by the processor (PMU)"));
  EXPECT_THAT(run.out, Not(HasSubstr("simulated)")));
}

TEST_F(KnownPmu, AnEventOfAnotherPmuAndOneOfNoneAreToldApart) {
  row("other-pmu")
      .expect_absent("arm_ac53::CPU_CYCLES", AbsenceReason::unsupported,
                     "'arm_ac53::CPU_CYCLES' belongs to another CPU: libpfm4 sees perf, perf_raw, arm_ac57 here");
  EXPECT_EQ(row("unknown").status, 3);
  EXPECT_EQ(row("unknown").err,
            "countercheck: there is no event 'INST_RETIRD': countercheck list events shows them all\n");
}

// The passport of this very core, and the stamp it got there.
TEST_F(KnownPmu, CertifiesItsInstructionsAndShowsThat) {
  const Row certify = row("certify");
  ASSERT_EQ(certify.status, 0) << certify.out << certify.err;
  EXPECT_THAT(unwrapped(certify.out), HasSubstr("2 of 2 events that can be counted here certified"));
  const Row passport = row("passport");
  ASSERT_EQ(passport.status, 0) << passport.err;
  EXPECT_THAT(lines_with(passport.out, "processor ").front(), HasSubstr("Arm Cortex-A57, by the kernel's own table"));
  EXPECT_THAT(lines_with(passport.out, "encoding ").front(), HasSubstr("/config=0x8/, INST_RETIRED"));
  EXPECT_THAT(lines_with(passport.out, "certified ").front(), HasSubstr("exact: 8 for each turn of 'loop'"));
}

// All counters of the PMU are another's: the events open, and never run.
TEST_F(KnownPmu, WhatNeverGetsACounterIsNotZero) {
  const Row starved = row("starved");
  ASSERT_EQ(starved.status, 0) << starved.err;
  EXPECT_EQ(starved.err, "take_counters: took 7\n");
  constexpr const char* kSentence =
      "the event was switched on and never got a counter of the PMU: ask for fewer events at a time";
  constexpr const char* kNotEvenAlone =
      "the event opens and never gets a counter of the PMU, not even alone: another program or the NMI watchdog holds "
      "what it needs";
  for (const char* event : {"instructions", "cycles"}) {
    starved.expect_absent(event, AbsenceReason::never_scheduled, kNotEvenAlone);
    EXPECT_THAT(lines_with(starved.out, event).front(), HasSubstr("<not counted> " + std::string(event)));
  }
  EXPECT_THAT(unwrapped(starved.out), HasSubstr("[1] " + std::string(kNotEvenAlone)));
  EXPECT_GE(starved.value("page-faults"), 100u);

  EXPECT_EQ(row("starved-doctor").status, 1);
  EXPECT_THAT(row("starved-doctor").finding("hardware events"), HasSubstr("hardware events no "));
  EXPECT_THAT(row("starved-doctor").finding("hardware events"),
              HasSubstr(std::string("cycles, instructions: ") + kSentence));
}

class UnknownPmu : public Guest {
 protected:
  UnknownPmu() : Guest("cortex-a72") {}
};

TEST_F(UnknownPmu, GenericNamesAndTheKernelsOwnAreExact) {
  EXPECT_EQ(row("generic").value("instructions:u"), row("sysfs").value("armv8_pmuv3/inst_retired/u"));
}

TEST_F(UnknownPmu, ItsNativeNamesAreUnknownAndItsEventsCountAllTheSame) {
  EXPECT_EQ(row("native").status, 3);
  EXPECT_EQ(row("native").err,
            "countercheck: there is no event 'INST_RETIRED': countercheck list events shows them all\n");
  EXPECT_EQ(row("doctor").status, 0);
  EXPECT_THAT(row("doctor").finding("hardware events"),
              HasSubstr("hardware events part cycles, instructions: opened, run and read; "));
}

// The stall events of this machine open, run and read 0, however long.
class DeadEvents : public Guest {
 protected:
  DeadEvents() : Guest("neoverse-n1") {}
};

TEST_F(DeadEvents, TheKernelGivesZeroForThem) {
  const Row stalls = row("stalls");
  EXPECT_GT(stalls.values("instructions:u").front(), 2'000'000u);
  for (const char* event : {"stalled-cycles-frontend", "stalled-cycles-backend"}) {
    for (const auto& reading : stalls.readings(event)) {
      EXPECT_EQ(raw(reading), 0u) << event;
      EXPECT_EQ(coverage(reading), 1.0) << event;
      EXPECT_GT(reading.time_running, 0u) << event;
    }
  }
}

TEST_F(DeadEvents, CertificationCatchesThem) {
  const Row certify = row("certify");
  EXPECT_EQ(certify.status, 1) << certify.err;
  EXPECT_THAT(lines_with(certify.out, "instructions:u").front(), HasSubstr("exact  8 for each turn of 'loop'"));
  for (const char* event : {"stalled-cycles-frontend:u", "stalled-cycles-backend:u"}) {
    EXPECT_THAT(lines_with(certify.out, event).front(), HasSubstr("dead   it opens and runs and reads 0, where "))
        << event;
  }
  EXPECT_THAT(unwrapped(certify.out), HasSubstr("1 of 3 events that can be counted here certified"));
}

class NoPmu : public Guest {
 protected:
  NoPmu() : Guest("no-pmu") {}
  static constexpr const char* kSentence =
      "this virtual machine (QEMU) shows no PMU; ask for a guest with a virtual PMU, or run on bare metal";
};

TEST_F(NoPmu, EveryHardwareEventIsAbsentWithTheReason) {
  const Row stat = row("stat");
  ASSERT_EQ(stat.status, 0) << stat.err;
  for (const char* event : {"cycles", "stalled-cycles-frontend", "stalled-cycles-backend", "instructions",
                            "cache-references", "cache-misses", "branches", "branch-misses"}) {
    stat.expect_absent(event, AbsenceReason::no_pmu, kSentence);
    EXPECT_THAT(lines_with(stat.out, event).front(), HasSubstr("<no PMU> " + std::string(event)));
  }
  EXPECT_THAT(unwrapped(stat.out), HasSubstr(std::string("[1] ") + kSentence));
  EXPECT_GE(stat.values("page-faults").front(), 1'000u);
  EXPECT_GT(stat.values("task-clock").front(), 0u);
}

TEST_F(NoPmu, SoftwareEventsAreExact) {
  EXPECT_EQ(row("region").value("page-faults"), 1'000u);
  row("region").expect_absent("instructions", AbsenceReason::no_pmu, kSentence);
}

TEST_F(NoPmu, DoctorSaysSo) {
  const Row doctor = row("doctor");
  EXPECT_EQ(doctor.status, 1);
  EXPECT_EQ(doctor.finding("hardware events"),
            "hardware events no cycles, instructions, cache-references, cache-misses, branches, branch-misses, "
            "stalled-cycles-frontend, stalled-cycles-backend: " +
                std::string(kSentence));
  EXPECT_THAT(doctor.finding("PMUs"), HasSubstr("PMUs none the kernel's event sources: "));
  EXPECT_THAT(doctor.finding("PMUs"), HasSubstr("; of a CPU core: none"));
}

}  // namespace
}  // namespace countercheck
