#include "counters/passports/meaning.hpp"

#include <gtest/gtest.h>

#include "counters/passports/family_catalogue.hpp"

namespace countercheck {
namespace {

std::vector<Family> on(const char* name) {
  return families_named(read_families(PASSPORTS), name);
}

TEST(Meaning, ZensCacheMissesAreThoseOfTheL2) {
  const auto meaning = meaning_of(on("zen4"), "cache-misses");
  ASSERT_TRUE(meaning);
  EXPECT_EQ(meaning->level, "L2");
  EXPECT_TRUE(meaning->differs.starts_with("L2 misses, not last-level misses")) << meaning->differs;
}

TEST(Meaning, WhatAFamilyDoesNotHaveMeansNothing) {
  EXPECT_FALSE(meaning_of(on("zen4"), "LLC-loads"));
  EXPECT_FALSE(meaning_of(on("zen4"), "page-faults"));
  EXPECT_FALSE(meaning_of({}, "cache-misses"));
}

Family core_type(const char* name, const char* level, const char* requests, const char* differs) {
  return {.id = name,
          .name = name,
          .events = {{.name = "misses", .level = level, .requests = requests, .differs = differs}}};
}

TEST(Meaning, CoreTypesThatAgreeMeanWhatEachMeans) {
  const auto meaning =
      meaning_of({core_type("P", "LLC", "reads", "Odd."), core_type("E", "LLC", "reads", "Odd.")}, "misses");
  ASSERT_TRUE(meaning);
  EXPECT_EQ(*meaning, (Meaning{.event = "misses", .level = "LLC", .requests = "reads", .differs = "Odd."}));
}

TEST(Meaning, CoreTypesThatDisagreeMakeASumOfTwoThings) {
  const auto meaning = meaning_of({core_type("P", "LLC", "reads", ""), core_type("E", "L2", "all", "Odd.")}, "misses");
  ASSERT_TRUE(meaning);
  EXPECT_EQ(meaning->level, "LLC; L2");
  EXPECT_EQ(meaning->requests, "reads; all");
  EXPECT_EQ(meaning->differs, "E: Odd. The core types do not count the same, and this is the sum of both.");
}

}  // namespace
}  // namespace countercheck
