#include "analysis/factor_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

namespace countercheck {
namespace {

using ::testing::ElementsAre;

// A time taken apart whose factors have these directions.
Factored time_of(const std::vector<std::pair<std::string_view, Direction>>& factors) {
  Factored time{.variant = 1, .quantity = "wall-time"};
  for (const auto& [key, direction] : factors) time.factors.push_back({.key = key, .direction = direction});
  return time;
}

Factors others_of(const std::vector<std::pair<std::string_view, Direction>>& factors) {
  Factors all;
  for (const auto& [key, direction] : factors) {
    all.others.emplace_back(1, Factor{.key = key, .direction = direction});
    all.others.emplace_back(2, Factor{.key = key, .direction = Direction::undecided});
  }
  return all;
}

std::string said(const std::vector<std::pair<std::string_view, Direction>>& factors,
                 const std::vector<std::pair<std::string_view, Direction>>& others = {}) {
  return remarks_text(remarks(others_of(others), time_of(factors)));
}

constexpr auto kLessOfIt = Direction::less;
constexpr auto kMoreOfIt = Direction::more;
constexpr auto kSameOfIt = Direction::same;

TEST(FactorRules, LessWorkThatCostsMoreIsAMatterOfMemory) {
  EXPECT_EQ(said({{"instructions", kLessOfIt}, {"insns-per-cycle", kMoreOfIt}, {"clock", kSameOfIt}}),
            "does less work, each instruction costs more: look at memory");
  EXPECT_EQ(said({{"instructions", kLessOfIt}, {"insns-per-cpu-second", kMoreOfIt}}, {{"cache-mpki", kMoreOfIt}}),
            "does less work, each instruction costs more: look at memory, the caches are missed more often");
  EXPECT_EQ(said({{"instructions", kLessOfIt}, {"insns-per-cycle", kMoreOfIt}},
                 {{"cache-mpki", kSameOfIt}, {"branch-mpki", kMoreOfIt}}),
            "does less work, each instruction costs more: look at the branches, more are predicted wrongly");
  EXPECT_EQ(said({{"instructions", kLessOfIt}, {"insns-per-cycle", kMoreOfIt}}, {{"cache-mpki", kLessOfIt}}),
            "does less work, each instruction costs more: look at what instructions wait for, the caches are not "
            "missed more often");
}

TEST(FactorRules, EveryOtherSentence) {
  EXPECT_EQ(said({{"instructions", kMoreOfIt}, {"insns-per-cycle", kLessOfIt}}, {{"cache-mpki", kLessOfIt}}),
            "does more work, each instruction costs less: the caches are missed less often");
  EXPECT_EQ(said({{"instructions", kSameOfIt}, {"insns-per-second", kSameOfIt}}),
            "does the same work, each instruction costs the same");
  EXPECT_EQ(said({{"cpu-time", kLessOfIt}, {"cpus-utilized", kMoreOfIt}}, {{"page-faults", kLessOfIt}}),
            "takes less time on the CPUs; takes fewer page faults; works on fewer CPUs at a time, or waits");
  EXPECT_EQ(said({{"clock", kMoreOfIt}, {"cpus-utilized", kLessOfIt}}),
            "the clock was slower; works on more CPUs at a time");
  EXPECT_EQ(said({{"insns-per-cycle", kMoreOfIt}}, {{"L1-dcache-mpki", kMoreOfIt}}),
            "each instruction costs more: look at memory, the first cache is missed more often");
}

TEST(FactorRules, WhatIsUndecidedSaysNothing) {
  EXPECT_EQ(said({{"instructions", Direction::undecided}, {"insns-per-cycle", Direction::undecided}},
                 {{"cache-mpki", kMoreOfIt}}),
            "")
      << "more misses alone explain no cost that is not sure";
}

TEST(FactorRules, EachNamesTheFactorsThatItWasToldBy) {
  const Factored time = time_of({{"instructions", kLessOfIt}, {"insns-per-cycle", kMoreOfIt}});
  const auto all = remarks(others_of({{"cache-mpki", kMoreOfIt}, {"branch-mpki", kSameOfIt}}), time);
  ASSERT_EQ(all.size(), 3U);
  const auto keys = [](const Remark& remark) {
    std::vector<std::string_view> names;
    for (const Factor& factor : remark.evidence) names.push_back(factor.key);
    return names;
  };
  EXPECT_THAT(keys(all[0]), ElementsAre("instructions"));
  EXPECT_THAT(keys(all[1]), ElementsAre("insns-per-cycle"));
  EXPECT_THAT(keys(all[2]), ElementsAre("insns-per-cycle", "cache-mpki"));
}

// Of the rules of one subject no two hold in any of the states that their factors can be in.
TEST(FactorRules, NoTwoOfOneSubjectHoldTogether) {
  std::map<std::string_view, std::vector<const Rule*>> subjects;
  for (const Rule& rule : factor_rules()) subjects[rule.subject].push_back(&rule);
  for (const auto& [subject, rules] : subjects) {
    std::set<std::string_view> keys;
    for (const Rule* rule : rules) {
      for (const Condition& condition : rule->conditions) {
        if (!condition.key.empty()) keys.insert(condition.key);
      }
    }
    std::size_t combinations = 1;
    for (std::size_t key = 0; key < keys.size(); ++key) combinations *= 5;
    for (std::size_t number = 0; number < combinations; ++number) {
      std::map<std::string_view, unsigned> states;
      std::size_t rest = number;
      for (const std::string_view key : keys) {
        states[key] = 1U << (rest % 5);
        rest /= 5;
      }
      std::size_t holding = 0;
      for (const Rule* rule : rules) {
        std::vector<unsigned> own;
        for (const Condition& condition : rule->conditions) {
          if (!condition.key.empty()) own.push_back(states[condition.key]);
        }
        if (holds(*rule, own)) ++holding;
      }
      ASSERT_LE(holding, 1U) << subject << " " << number;
    }
  }
}

// A rule that no known factor is asked for would claim something without evidence.
TEST(FactorRules, EveryRuleNeedsAFactorThatIsDecided) {
  for (const Rule& rule : factor_rules()) {
    const Condition& first = rule.conditions[0];
    EXPECT_EQ(first.states & (kUndecided | kUnknown), 0U) << rule.words;
    EXPECT_NE(first.states, 0U) << rule.words;
  }
}

}  // namespace
}  // namespace countercheck
