#include "simulator/simulated_events.hpp"

#include <gtest/gtest.h>

#include "counters/catalogue.hpp"

namespace countercheck {
namespace {

// Lopsided on purpose: no two sums are the same.
SimulatedCounts counts() {
  return {.instructions = 1'000'000,
          .loads = 300'007,
          .stores = 100'003,
          .conditional_branches = 50'021,
          .conditional_misses = 501,
          .indirect_branches = 601,
          .indirect_misses = 71,
          .returns = 8001,
          .return_misses = 11,
          .direct_branches = 9013,
          .levels = {{17, 4001, 503}, {13, 2003, 401}, {7, 1009, 211}},
          .page_walks = Misses{0, 97, 41},
          .coherence = Misses{3, 30, 300}};
}

std::uint64_t value(std::string_view event, const SimulatedCounts& from = counts()) {
  const auto count = simulated_count(event, from);
  if (const auto* why = std::get_if<std::string>(&count)) ADD_FAILURE() << event << ": " << *why;
  return std::holds_alternative<std::uint64_t>(count) ? std::get<std::uint64_t>(count) : 0;
}

std::string lack(std::string_view event, const SimulatedCounts& from) {
  const auto count = simulated_count(event, from);
  return std::holds_alternative<std::string>(count) ? std::get<std::string>(count) : "(none)";
}

TEST(SimulatedEvents, AreWhatTheirNamesSay) {
  EXPECT_EQ(value("instructions"), 1'000'000u);
  EXPECT_EQ(value("branches"), 50'021u + 601 + 8001 + 9013);
  EXPECT_EQ(value("branch-misses"), 501u + 71 + 11);
  EXPECT_EQ(value("L1-dcache-loads"), 300'007u);
  EXPECT_EQ(value("L1-dcache-load-misses"), 4001u);
  EXPECT_EQ(value("L1-dcache-stores"), 100'003u);
  EXPECT_EQ(value("L1-dcache-store-misses"), 503u);
  EXPECT_EQ(value("L1-icache-load-misses"), 17u);
  EXPECT_EQ(value("L2-misses"), 13u + 2003 + 401);
  EXPECT_EQ(value("cache-references"), 13u + 2003 + 401) << "what the L2 asks of the last level";
  EXPECT_EQ(value("cache-misses"), 7u + 1009 + 211);
  EXPECT_EQ(value("LLC-loads"), 2003u);
  EXPECT_EQ(value("LLC-load-misses"), 1009u);
  EXPECT_EQ(value("LLC-stores"), 401u);
  EXPECT_EQ(value("LLC-store-misses"), 211u);
  EXPECT_EQ(value("dTLB-load-misses"), 97u);
  EXPECT_EQ(value("dTLB-store-misses"), 41u);
  EXPECT_EQ(value("coherence-misses"), 333u);
  EXPECT_EQ(value("estimated-cycles"), 1'000'000u + 10 * 583 + 10 * (17 + 4001 + 503) + 100 * (7 + 1009 + 211));
  EXPECT_EQ(last_level_misses(counts()), 1227u);
}

TEST(SimulatedEvents, OfTwoLevelsTheFirstAsksTheLast) {
  SimulatedCounts two = counts();
  two.levels.resize(2);
  EXPECT_EQ(value("cache-references", two), 17u + 4001 + 503);
  EXPECT_EQ(value("LLC-loads", two), 4001u);
  EXPECT_EQ(lack("L2-misses", two), "only a machine of three cache levels or more has an L2 that is not the last");
}

TEST(SimulatedEvents, WhatTheEngineHasNotIsSaid) {
  SimulatedCounts bare = counts();
  bare.returns.reset();
  bare.return_misses.reset();
  bare.page_walks.reset();
  bare.coherence.reset();
  bare.levels.resize(1);
  EXPECT_EQ(lack("branches", bare), "Cachegrind counts no returns and no direct jumps");
  EXPECT_EQ(value("branch-misses", bare), 572u) << "a machine without a return stack";
  EXPECT_EQ(lack("dTLB-load-misses", bare), "neither this machine nor this engine has a data TLB");
  EXPECT_EQ(lack("coherence-misses", bare), "Cachegrind knows one cache for all threads");
  EXPECT_EQ(lack("cache-references", bare), "the machine has one cache level only");
  EXPECT_EQ(lack("cycles", bare), "the simulator does not tell cycles");
}

TEST(SimulatedEvents, UserModeIsWhatIsSimulated) {
  EXPECT_TRUE(can_be_simulated("instructions"));
  EXPECT_TRUE(can_be_simulated("instructions:u"));
  EXPECT_FALSE(can_be_simulated("instructions:k"));
  EXPECT_FALSE(can_be_simulated("cycles"));
  EXPECT_FALSE(can_be_simulated("page-faults"));
  EXPECT_EQ(value("instructions:u"), 1'000'000u);
}

TEST(SimulatedEvents, EveryNameThatOnlyTheSimulatorKnowsIsOneItTells) {
  for (const auto& row : catalogue()) {
    EXPECT_TRUE(row.source != Source::sim || can_be_simulated(row.name)) << row.name;
  }
}

}  // namespace
}  // namespace countercheck
