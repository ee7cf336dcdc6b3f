#include "experiment/steadiness.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include "tests/unit/engine/folder.hpp"

namespace countercheck {
namespace {

using ::testing::ElementsAre;
using testing::Folder;
using ::testing::IsEmpty;
using ::testing::Pair;

// A tree of a laptop: four CPUs of two cores, a governor that follows the load, turbo on.
void write_laptop(const Folder& root, const std::string& load, const std::string& stat, int throttled) {
  root.write("proc/loadavg", load + " 1.00 0.50 1/200 4711\n");
  root.write("proc/stat", "cpu  9 9 9 9 9 9 9 9 0 0\n" + stat + "intr 1\n");
  root.write("sys/devices/system/cpu/intel_pstate/no_turbo", "0\n");
  for (const unsigned cpu : {0U, 1U, 2U, 3U}) {
    const std::string folder = "sys/devices/system/cpu/cpu" + std::to_string(cpu);
    root.write(folder + "/cpufreq/scaling_governor", cpu == 3 ? "performance\n" : "powersave\n");
    root.write(folder + "/topology/thread_siblings_list", cpu % 2 == 0 ? "0,2\n" : "1,3\n");
    root.write(folder + "/thermal_throttle/core_throttle_count", std::to_string(cpu == 1 ? throttled : 5) + "\n");
  }
}

constexpr const char* kIdle =
    "cpu0 100 0 0 900 0 0 0 0 0 0\ncpu1 100 0 0 900 0 0 0 0 0 0\n"
    "cpu2 100 0 0 900 0 0 0 0 0 0\ncpu3 100 0 0 900 0 0 0 0 0 0\n";
// 1000 ticks later: CPU 0 was busy all the time, CPU 2 for 340, and the host took 7 of CPU 0 and 33 of CPU 1.
constexpr const char* kLater =
    "cpu0 900 50 93 907 0 30 20 7 0 0\ncpu1 100 0 0 1867 0 0 0 33 0 0\n"
    "cpu2 400 0 40 1560 0 0 0 0 0 0\ncpu3 100 0 0 1900 0 0 0 0 0 0\n";

Steadiness state(const std::string& load, const std::string& stat, int throttled = 5) {
  const Folder root;
  write_laptop(root, load, stat, throttled);
  Steadiness state = read_steadiness({0, 1, 2, 3}, root.path());
  state.own = 0;
  return state;
}

TEST(Steadiness, ReadsWhatTheKernelShows) {
  const Steadiness now = state("0.25", kLater, 17);
  EXPECT_EQ(now.load, 0.25);
  EXPECT_EQ(now.times.at(0), (CpuTime{.busy = 1093, .steal = 7, .all = 2007}));
  EXPECT_EQ(now.times.size(), 4u) << "the sum of all is not one of them";
  EXPECT_THAT(now.governors, ElementsAre(Pair("performance", 1u), Pair("powersave", 3u)));
  EXPECT_EQ(now.boost, "intel_pstate/no_turbo is 0");
  EXPECT_THAT(now.siblings.at(3), ElementsAre(1));
  EXPECT_EQ(now.throttled.at("core_throttle_count of CPU 1"), 17u);
}

TEST(Steadiness, WhatIsNotThereIsNotSpokenOf) {
  const Folder empty;
  const Steadiness nothing = read_steadiness({0, 1}, empty.path());
  EXPECT_THAT(unsteadiness(nothing, nothing, {0, 1}, true), IsEmpty());
  EXPECT_THAT(standing_unsteadiness(nothing, {0, 1}), IsEmpty());
  EXPECT_FALSE(stolen_share(nothing, {0, 1}));
}

TEST(Steadiness, ASteadyMachineIsNotSpokenOf) {
  Steadiness before{.load = 0.3, .governors = {{"performance", 2}}};
  before.times = {{0, {100, 0, 1000}}, {1, {100, 0, 1000}}};
  Steadiness after = before;
  after.load = 1.2;
  // All that ran in the 2 x 1000 ticks were we: 900 of them.
  after.times = {{0, {1000, 3, 2000}}, {1, {110, 4, 2000}}};
  after.own = 900.0 / static_cast<double>(sysconf(_SC_CLK_TCK));
  EXPECT_THAT(unsteadiness(before, after, {0, 1}, false), IsEmpty());
}

TEST(Steadiness, EverySentenceHasItsFigures) {
  EXPECT_THAT(
      unsteadiness(state("2.50", kIdle), state("5.25", kLater, 17), {0, 1, 2, 3}, false),
      ElementsAre(
          "the load was 2.50 before the first sample and 5.25 after the last, on 4 CPUs: times scatter",
          "other programs had 33 % of CPUs 0-3 while samples were taken",
          "the host gave 1.0 % of the time of CPUs 0-3 to others (steal) while samples were taken",
          "the processor slowed itself down for heat while samples were taken: core_throttle_count of CPU 1 rose by 12",
          "the speed of a CPU is not fixed here: governor powersave on 3 CPUs; turbo on (intel_pstate/no_turbo is 0); "
          "2 cores are two CPUs or more each (SMT), as CPUs 0,2; countercheck doctor says what would change that"));
}

// The 993 ticks of CPU 0 were ours; its sibling CPU 2 was another's.
TEST(Steadiness, OfBoundSamplesTheSiblingCounts) {
  Steadiness after = state("0.90", kLater);
  after.own = 993.0 / static_cast<double>(sysconf(_SC_CLK_TCK));
  EXPECT_THAT(
      unsteadiness(state("0.10", kIdle), after, {0}, true),
      ElementsAre("CPU 2, which shares a core with those of the samples (SMT), was busy 34 % of the time",
                  "the host gave 0.7 % of the time of CPU 0 to others (steal) while samples were taken",
                  "the speed of a CPU is not fixed here: governor powersave on 3 CPUs; turbo on (intel_pstate/no_turbo "
                  "is 0); countercheck doctor says what would change that"));
}

TEST(Steadiness, ACpuThatWasOffLineIsLeftOut) {
  Steadiness before{.times = {{0, {500, 100, 1000}}}};
  Steadiness after{.times = {{0, {10, 5, 20}}, {1, {10, 5, 20}}}};
  EXPECT_THAT(unsteadiness(before, after, {0, 1}, false), IsEmpty());
}

TEST(Steadiness, TheDoctorSaysWhatWouldChangeIt) {
  EXPECT_THAT(
      standing_unsteadiness(state("0.10", kIdle, 17), {0, 1, 2, 3}),
      ElementsAre(
          "the frequency governor is powersave on 3 CPUs: keep the clock up with: sudo cpupower frequency-set -g "
          "performance",
          "turbo is on (intel_pstate/no_turbo is 0), so the clock depends on heat and on what else runs: turn it off "
          "with: echo 1 | sudo tee /sys/devices/system/cpu/intel_pstate/no_turbo",
          "2 cores are two CPUs or more each (SMT), as CPUs 0,2: what runs on one slows the other; --cpus auto takes "
          "one of each",
          "slowed down for heat since boot: core_throttle_count of CPU 1 is 17"));
  EXPECT_NEAR(*stolen_share(state("0.10", kLater), {0, 1}), 40.0 / 4007, 1e-9);
}

TEST(Steadiness, BoostOfOtherProcessors) {
  const Folder root;
  root.write("sys/devices/system/cpu/cpufreq/boost", "1\n");
  EXPECT_THAT(standing_unsteadiness(read_steadiness({0}, root.path()), {0}),
              ElementsAre("turbo is on (cpufreq/boost is 1), so the clock depends on heat and on what else runs: turn "
                          "it off with: echo 0 | sudo tee /sys/devices/system/cpu/cpufreq/boost"));
  root.write("sys/devices/system/cpu/cpufreq/boost", "0\n");
  EXPECT_THAT(standing_unsteadiness(read_steadiness({0}, root.path()), {0}), IsEmpty());
}

}  // namespace
}  // namespace countercheck
