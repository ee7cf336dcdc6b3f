#include "counters/nearest.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace countercheck {
namespace {

TEST(EditDistance, ClosedForms) {
  EXPECT_EQ(edit_distance("", ""), 0u);
  EXPECT_EQ(edit_distance("", "abc"), 3u);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
  EXPECT_EQ(edit_distance("ca", "ac"), 1u) << "a swap of neighbours is one edit";
  EXPECT_EQ(edit_distance("Cycles", "cYCLES"), 0u) << "case is no edit";
}

TEST(Nearest, FindsTheSlipOfTheFinger) {
  const std::vector<std::string> names = {"cycles", "cache-misses", "cache-references", "branch-misses"};
  EXPECT_EQ(nearest("cylces", names), "cycles");
  EXPECT_EQ(nearest("cache-mises", names), "cache-misses");
  EXPECT_EQ(nearest("cache-ref", names), "cache-references") << "a beginning is enough";
  EXPECT_EQ(nearest("frobnicate", names), "") << "a bad guess is worse than none";
}

TEST(DidYouMean, ReadsWellAfterASentence) {
  const std::vector<std::string> names = {"roll-add"};
  EXPECT_EQ(did_you_mean("rol-add", names), " (did you mean roll-add?)");
  EXPECT_EQ(did_you_mean("zzz", names), "");
}

}  // namespace
}  // namespace countercheck
