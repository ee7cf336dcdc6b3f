#include "counters/counted_noun.hpp"

#include <gtest/gtest.h>

namespace countercheck {
namespace {

TEST(CountedNoun, OneHasNoPlural) {
  EXPECT_EQ(counted_noun(1, "run"), "1 run");
  EXPECT_EQ(counted_noun(0, "run"), "0 runs");
  EXPECT_EQ(counted_noun(1, "warm-up round"), "1 warm-up round");
  EXPECT_EQ(counted_noun(20, "warm-up round"), "20 warm-up rounds");
}

TEST(CountedNoun, APluralFollowsTheEndOfTheNoun) {
  EXPECT_EQ(counted_noun(3, "branch"), "3 branches");
  EXPECT_EQ(counted_noun(3, "pass"), "3 passes");
  EXPECT_EQ(counted_noun(1, "pass"), "1 pass");
  EXPECT_EQ(counted_noun(3, "entry", "entries"), "3 entries");
  EXPECT_EQ(counted_noun(1, "entry", "entries"), "1 entry");
}

TEST(CountedNoun, ThousandsAreSeparated) {
  EXPECT_EQ(counted_noun(204911, "page fault"), "204,911 page faults");
  EXPECT_EQ(with_commas("999"), "999");
  EXPECT_EQ(with_commas("1204"), "1,204");
  EXPECT_EQ(with_commas("-120400"), "-120,400");
  EXPECT_EQ(with_commas("1048576000"), "1,048,576,000");
}

}  // namespace
}  // namespace countercheck
