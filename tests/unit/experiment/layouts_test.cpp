#include "experiment/layouts.hpp"

#include <gtest/gtest.h>

#include <set>

namespace countercheck {
namespace {

TEST(Layouts, OneIsNone) {
  EXPECT_TRUE(layouts_of({.seed = 4711}).empty());
}

TEST(Layouts, AreDrawnBySeedInStepsOf16BytesBelow64KiB) {
  const auto layouts = layouts_of({.seed = 4711, .layouts = 1000});
  ASSERT_EQ(layouts.size(), 1000u);
  std::set<std::size_t> pages;
  std::set<std::size_t> environments;
  std::set<std::size_t> heaps;
  std::set<std::size_t> mappings;
  for (const auto& layout : layouts) {
    EXPECT_EQ(layout.environment % 16, 0u);
    EXPECT_EQ(layout.arrays % 16, 0u);
    EXPECT_LT(layout.environment, 65536u);
    EXPECT_LT(layout.arrays, 65536u);
    EXPECT_EQ(layout.heap % 16, 0u);
    EXPECT_LT(layout.heap, 65536u);
    EXPECT_EQ(layout.mappings % 4096, 0u);
    EXPECT_GT(layout.mappings, std::size_t{16} << 20);
    EXPECT_LT(layout.mappings, std::size_t{18} << 20);
    heaps.insert(layout.heap);
    mappings.insert(layout.mappings);
    pages.insert(layout.arrays / 4096);
    environments.insert(layout.environment);
  }
  EXPECT_EQ(pages.size(), 16u) << "all pages of the 64 KiB";
  EXPECT_GT(environments.size(), 800u) << "1000 of 4096, with repetition: 888 expected";
  EXPECT_GT(heaps.size(), 800u);
  EXPECT_GT(mappings.size(), 400u) << "1000 of 511, with repetition: 439 expected";
  EXPECT_EQ(layouts_of({.seed = 4711, .layouts = 1000}), layouts);
  EXPECT_NE(layouts_of({.seed = 4712, .layouts = 1000}), layouts);
  EXPECT_EQ(layouts_of({.seed = 4711, .layouts = 3}).front(), layouts.front()) << "more of them are the same and more";
}

TEST(Layouts, TheVariableIsOfOneLength) {
  EXPECT_EQ(layout_variable({.arrays = 16}), "COUNTERCHECK_LAYOUT=00016");
  EXPECT_EQ(layout_variable({.arrays = 65520}), "COUNTERCHECK_LAYOUT=65520");
}

}  // namespace
}  // namespace countercheck
