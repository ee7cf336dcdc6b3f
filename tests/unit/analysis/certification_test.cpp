#include "analysis/certification.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "reports/stamp_sentences.hpp"

namespace countercheck {
namespace {

// A loop of eight instructions and one branch; walks that miss one level of the caches after the other.
std::vector<TruthKernel> kernels() {
  const auto walk = [](const char* name, double l1, double l2, double last) {
    return TruthKernel{.name = name,
                       .item = "load",
                       .few = 1000,
                       .many = 5000,
                       .facts = {{.quantity = "L1d-loads", .each = 1, .within = 0.001},
                                 {.quantity = "L1d-misses", .each = l1, .within = 0.15},
                                 {.quantity = "L2-misses", .each = l2, .within = 0.15},
                                 {.quantity = "LLC-misses", .each = last, .within = 0.15}}};
  };
  return {{.name = "loop",
           .item = "turn",
           .few = 1000,
           .many = 5000,
           .facts = {{.quantity = "instructions", .each = 8}, {.quantity = "branches", .each = 1}}},
          walk("first-level", 0, 0, 0),
          walk("second-level", 1, 0, 0),
          walk("last-level", 1, 1, 0),
          walk("chase", 1, 1, 1),
          {.name = "stalling",
           .item = "line",
           .few = 100,
           .many = 400,
           .facts = {{.quantity = "backend-stalls", .each = 1, .at_least = true}}}};
}

// Three runs of each size of every kernel that tells of the quantity; `count` scripts what is read.
using Count = std::function<double(const std::string& kernel, double items, int run)>;
std::vector<TruthReading> readings(std::string_view quantity, const Count& count) {
  std::vector<TruthReading> all;
  const auto known = kernels();
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (!tells_of(known[i], quantity)) continue;
    for (const bool many : {false, true}) {
      for (int run = 0; run < 3; ++run) {
        const std::uint64_t items = many ? known[i].many : known[i].few;
        const auto value = static_cast<std::uint64_t>(count(known[i].name, static_cast<double>(items), run));
        all.push_back({.kernel = i,
                       .many = many,
                       .items = items,
                       .reading = {.event = "e", .source = Source::pmu, .privilege = Privilege::user, .value = value}});
      }
    }
  }
  return all;
}

Stamp stamp(std::string_view event, const Count& count) {
  const std::string_view quantity = claimed_quantity(event);
  const auto stamped = certify(event, quantity, kernels(), readings(quantity, count));
  EXPECT_TRUE(stamped) << event;
  return stamped.value_or(Stamp{});
}

TEST(Certification, TheSameBesidesTheTruthInEveryRunIsExact) {
  const Stamp exact = stamp("instructions:u", [](auto&, double items, int) { return 8 * items + 14; });
  EXPECT_EQ(exact.kind, StampKind::exact);
  EXPECT_EQ(exact.found, 8);
  EXPECT_EQ(exact.besides, 14);
  EXPECT_EQ(exact.counts, "instructions");
  EXPECT_EQ(exact.rounds, 3u);
  EXPECT_EQ(exact.privilege, Privilege::user);
  EXPECT_EQ(stamp_sentence(exact),
            "exact: 8 for each turn of 'loop' (1,000 and 5,000 turns, 3 runs each), and 14 besides in every run");
}

TEST(Certification, AFewMoreAtAnInterruptAreCloseAndNotExact) {
  const Stamp close = stamp("instructions:u", [](auto&, double items, int run) { return 8 * items + 14 + run; });
  EXPECT_EQ(close.kind, StampKind::close);
  EXPECT_NEAR(close.found, 8, 1e-9);
}

TEST(Certification, ABiasIsToldWithItsSize) {
  const Stamp biased = stamp("instructions:u", [](auto&, double items, int) { return 9 * items; });
  EXPECT_EQ(biased.kind, StampKind::biased);
  EXPECT_DOUBLE_EQ(biased.bias(), 0.125);
  EXPECT_EQ(biased.counts, "");
  EXPECT_EQ(stamp_sentence(biased),
            "biased: 9 for each turn of 'loop' where 8 is true (1,000 and 5,000 turns, 3 runs each): off by +12 %");
}

TEST(Certification, ABiasInTheMarksAloneIsNone) {
  EXPECT_EQ(stamp("branches:u", [](auto&, double items, int) { return items + 1e6; }).kind, StampKind::exact);
}

// The emulated Neoverse N1: stall events open, run and read 0.
TEST(Certification, ReadingNothingWhereSomethingIsDueIsDead) {
  const Stamp dead = stamp("stalled-cycles-backend:u", [](auto&, double, int) { return 0; });
  EXPECT_EQ(dead.kind, StampKind::dead);
  EXPECT_FALSE(certified(dead.kind));
  EXPECT_EQ(dead.counts, "");
  EXPECT_EQ(stamp_sentence(dead),
            "dead: it opens and runs and reads 0, where 1 for each line of 'stalling' is true (100 and 400 lines, 3 "
            "runs each): do not use it");
}

TEST(Certification, ReadingNothingWhereNothingIsDueIsNotDead) {
  const auto only_first = [](const std::string& kernel, double items, int) {
    return kernel == "first-level" ? 0.0 : items;
  };
  EXPECT_EQ(stamp("L1-dcache-load-misses:u", only_first).kind, StampKind::exact);
}

TEST(Certification, ALowerBoundThatIsKeptIsPlausible) {
  const Stamp plausible = stamp("stalled-cycles-backend:u", [](auto&, double items, int) { return 90 * items; });
  EXPECT_EQ(plausible.kind, StampKind::plausible);
  EXPECT_TRUE(certified(plausible.kind));
  EXPECT_EQ(stamp("stalled-cycles-backend:u", [](auto&, double items, int) { return items / 2; }).kind,
            StampKind::biased);
}

double misses_of_l2(const std::string& kernel, double items, int) {
  return kernel == "last-level" || kernel == "chase" ? items * 1.03 : 25;
}

// cache-misses of AMD Zen.
TEST(Certification, AnEventThatCountsAnotherLevelIsFoundOut) {
  const Stamp another = stamp("cache-misses:u", misses_of_l2);
  EXPECT_EQ(another.kind, StampKind::another);
  EXPECT_EQ(another.claims, "LLC-misses");
  EXPECT_EQ(another.counts, "L2-misses");
  EXPECT_EQ(another.kernel, "last-level");
  EXPECT_EQ(stamp_sentence(another),
            "another: it counts misses of the L2, which are accesses to the last level; its name stands for misses of "
            "the last level: 1.030 for each load of 'last-level' where none would be true");
}

TEST(Certification, APassportThatNamesTheLevelIsConfirmed) {
  const auto stamped =
      certify("cache-misses:u", quantity_at("L2", true), kernels(), readings(quantity_at("L2", true), misses_of_l2));
  ASSERT_TRUE(stamped);
  EXPECT_EQ(stamped->kind, StampKind::close);
}

TEST(Certification, AnEventOfUnknownMeaningGetsTheQuantityThatFits) {
  const auto stamped = certify("r2a", "", kernels(), readings("", [](const std::string& kernel, double items, int run) {
                                 return kernel == "loop" || kernel == "stalling" ? 3 : misses_of_l2(kernel, items, run);
                               }));
  ASSERT_TRUE(stamped);
  EXPECT_EQ(stamped->counts, "L2-misses");
  EXPECT_EQ(stamped->kind, StampKind::close);
  EXPECT_EQ(certify("r2b", "", kernels(), readings("", [](auto&, double items, int) { return items / 3; })),
            std::nullopt);
}

TEST(Certification, RunsThatDifferByMoreThanTheErrorAreNoisyNotBiased) {
  const Stamp noisy = stamp("instructions:u", [](auto&, double items, int run) { return items * (6 + 2.5 * run); });
  EXPECT_EQ(noisy.kind, StampKind::noisy);
  EXPECT_GT(noisy.spread, 0.05);
}

TEST(Certification, WhatWasNotCountedIsNoZero) {
  auto absent = readings("instructions", [](auto&, double items, int) { return 8 * items; });
  for (auto& one : absent) one.reading.value = Absence{AbsenceReason::never_scheduled, "no counter"};
  EXPECT_EQ(certify("instructions:u", "instructions", kernels(), absent), std::nullopt);
}

// Half of the time on the counter is a whole count's estimate, not a bias of one half.
TEST(Certification, AnEstimateIsHeldAgainstTheTruthScaled) {
  auto multiplexed = readings("instructions", [](auto&, double items, int) { return 4 * items; });
  for (auto& one : multiplexed) {
    one.reading.time_enabled = 10;
    one.reading.time_running = 5;
  }
  const auto stamped = certify("instructions:u", "instructions", kernels(), multiplexed);
  ASSERT_TRUE(stamped);
  EXPECT_TRUE(certified(stamped->kind));
}

TEST(Certification, AWorkingSetLiesInItsLevelAndFarAboveTheOneBefore) {
  // A Zen 4's, and the same as a hypervisor may tell them: without an L3, and not at all.
  const std::vector<Cache> zen = {{.level = 1, .type = "data", .bytes = 32768},
                                  {.level = 1, .type = "instruction", .bytes = 32768},
                                  {.level = 2, .type = "unified", .bytes = 1 << 20},
                                  {.level = 3, .type = "unified", .bytes = 32 << 20}};
  EXPECT_EQ(working_set(zen, "L2"), 256u << 10);
  EXPECT_EQ(working_set(zen, "LLC"), 8u << 20);
  EXPECT_EQ(working_set({zen[0], zen[1], zen[2]}, "LLC"), 0u);
  EXPECT_EQ(working_set({}, "L2"), 0u);
  EXPECT_EQ(working_set({zen[0], {.level = 2, .type = "unified", .bytes = 64 << 10}}, "L2"), 0u);
  EXPECT_EQ(working_set({zen[2], {.level = 3, .type = "unified", .bytes = 480 << 20}}, "LLC"), 64u << 20);
}

TEST(Certification, LevelsAndNamesStandForQuantities) {
  EXPECT_EQ(quantity_at("L1d", false), "L1d-loads");
  EXPECT_EQ(quantity_at("L1d", true), "L1d-misses");
  EXPECT_EQ(quantity_at("L2", false), "L1d-misses");
  EXPECT_EQ(quantity_at("LLC", true), "LLC-misses");
  EXPECT_EQ(quantity_at("dTLB", true), "");
  EXPECT_EQ(claimed_quantity("page-faults"), "page-faults");
  EXPECT_EQ(claimed_quantity("cache-references:u"), "L2-misses");
  EXPECT_EQ(claimed_quantity("alignment-faults"), "");
}

}  // namespace
}  // namespace countercheck
