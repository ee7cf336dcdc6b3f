#include <gmock/gmock.h>

#include "tests/cli/tool.hpp"

namespace countercheck {
namespace {

using testing::HasSubstr;

TEST(List, WorkloadsShowsEveryVariantWithItsScheme) {
  const Output output = countercheck_with({"list", "workloads"});
  ASSERT_EQ(output.status, 0) << output.err;
  for (const char* variant : {"boxed", "boxed-reuse", "rows", "contiguous", "contiguous-scalar", "in-place", "roll-add",
                              "blocked", "generic", "fused", "column-order", "openmp", "fixed-border"}) {
    EXPECT_FALSE(lines_with(output.out, variant).empty()) << variant;
  }
  EXPECT_THAT(output.out, HasSubstr("cell update"));
}

TEST(List, EventsShowsWhoCountsThemHere) {
  const Output output = countercheck_with({"list", "events"}, [] { setenv("COLUMNS", "200", 1); });
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_THAT(lines_with(output.out, "peak-rss").front(), HasSubstr("rusage"));
  EXPECT_THAT(lines_with(output.out, "wall-time").front(), HasSubstr("clock"));
  EXPECT_THAT(lines_with(output.out, "context-switches").front(), HasSubstr("(also cs)"));
}

}  // namespace
}  // namespace countercheck
