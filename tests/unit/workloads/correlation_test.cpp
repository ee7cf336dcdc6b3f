#include "workloads/diffusion/correlation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace countercheck::workloads::diffusion {
namespace {

struct Mode {
  Border border;
  const char*
      line;  // scipy.ndimage's documentation of the mode, five cells on either side of "abcd"; k is the constant
};

constexpr Mode kModes[] = {
    {Border::wrap, "dabcdabcdabcda"},    {Border::constant, "kkkkkabcdkkkkk"}, {Border::nearest, "aaaaaabcdddddd"},
    {Border::reflect, "ddcbaabcddcbaa"}, {Border::mirror, "bcdcbabcdcbabc"},
};

double value(char letter) {
  return letter == 'k' ? 99 : letter - 'a' + 1;
}

// A kernel of one point far to a side brings what lies beyond the border into the grid, along and across the rows.
TEST(Correlation, ReadsBeyondTheBorderAsScipyDocumentsIt) {
  for (const Mode& mode : kModes) {
    Grid along(4);
    Grid across(4);
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t j = 0; j < 4; ++j) along.row(i)[j] = across.row(j)[i] = static_cast<double>(j + 1);
    }
    for (std::ptrdiff_t distance = -5; distance <= 5; ++distance) {
      Grid out(4);
      Grid turned(4);
      correlate(along, std::vector<KernelPoint>{{0, distance, 1}}, mode.border, 99, out);
      correlate(across, std::vector<KernelPoint>{{distance, 0, 1}}, mode.border, 99, turned);
      for (std::ptrdiff_t at = 0; at < 4; ++at) {
        const double expected = value(mode.line[5 + at + distance]);
        const auto place = static_cast<std::size_t>(at);
        EXPECT_EQ(out.row(2)[place], expected) << mode.line << ", " << distance << ", cell " << at;
        EXPECT_EQ(turned.row(place)[2], expected) << mode.line << ", " << distance << ", cell " << at;
      }
    }
  }
}

TEST(Correlation, WeighsEachNeighbourByItsOwnPlace) {
  const std::vector<double> kernel = {1, 10,   100,  //
                                      0, 1000, 0,    //
                                      0, 0,    10000};
  Grid grid(3);
  for (std::size_t k = 0; k < 9; ++k) grid.data()[k] = static_cast<double>(k + 1);
  Grid out(3);
  const auto points = kernel_points(kernel, 3, 3);
  ASSERT_EQ(points.size(), 5U);  // zeros cost nothing
  correlate(grid, points, Border::wrap, 0, out);
  EXPECT_EQ(out.row(1)[1], 1 + 20 + 300 + 5000 + 90000);
  EXPECT_EQ(out.row(0)[0], 9 + 70 + 800 + 1000 + 50000);
  EXPECT_EQ(out.row(2)[2], 5 + 60 + 400 + 9000 + 10000);
}

TEST(Correlation, TakesAKernelThatIsNotSquare) {
  EXPECT_THAT(
      kernel_points(std::vector<double>{2, 0, 3, 0, 7}, 1, 5),
      testing::ElementsAre(testing::FieldsAre(0, -2, 2), testing::FieldsAre(0, 0, 3), testing::FieldsAre(0, 2, 7)));
}

}  // namespace
}  // namespace countercheck::workloads::diffusion
