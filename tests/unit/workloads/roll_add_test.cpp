// The book's own test of roll_add: added to an array of zeros, it gives what roll gives, for each of the four cases.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "workloads/diffusion/arrays.hpp"
#include "workloads/diffusion/roll_add.hpp"

namespace countercheck::workloads::diffusion {
namespace {

struct Case {
  int shift;
  int axis;
  std::vector<double> rolled;  // numpy.roll(numpy.array(kBefore).reshape(3, 3), shift, axis), written out
};

// No two sums of two are equal, so nothing is hidden by a wrong cell that happens to fit.
const std::vector<double> kBefore = {1,  2,   4,   //
                                     8,  16,  32,  //
                                     64, 128, 256};
const std::vector<Case> kCases = {
    {+1, 0, {64, 128, 256, 1, 2, 4, 8, 16, 32}},
    {-1, 0, {8, 16, 32, 64, 128, 256, 1, 2, 4}},
    {+1, 1, {4, 1, 2, 32, 8, 16, 256, 64, 128}},
    {-1, 1, {2, 4, 1, 16, 32, 8, 128, 256, 64}},
};

Grid grid_of(const std::vector<double>& cells) {
  Grid grid(3);
  std::copy(cells.begin(), cells.end(), grid.data());
  return grid;
}

std::vector<double> cells_of(const Grid& grid) {
  return {grid.data(), grid.data() + grid.count()};
}

TEST(RollAdd, AddsTheRolledArrayInAllFourCases) {
  for (const Case& example : kCases) {
    Grid out = touched(3);
    roll_add(grid_of(kBefore), example.shift, example.axis, out);
    EXPECT_THAT(cells_of(out), testing::ElementsAreArray(example.rolled)) << example.shift << ", " << example.axis;
  }
}

TEST(RollAdd, AddsToWhatIsThere) {
  Grid out = grid_of({1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000});
  roll_add(grid_of(kBefore), +1, 0, out);
  EXPECT_THAT(cells_of(out), testing::ElementsAre(1064, 2128, 3256, 4001, 5002, 6004, 7008, 8016, 9032));
}

TEST(Roll, IsNumpysInAllFourCases) {
  for (const Case& example : kCases) {
    EXPECT_THAT(cells_of(roll(grid_of(kBefore), example.shift, example.axis)),
                testing::ElementsAreArray(example.rolled))
        << example.shift << ", " << example.axis;
  }
}

TEST(Roll, TakesLongerShiftsAndNone) {
  EXPECT_THAT(cells_of(roll(grid_of(kBefore), +2, 1)), testing::ElementsAreArray(kCases[3].rolled));
  EXPECT_THAT(cells_of(roll(grid_of(kBefore), -2, 0)), testing::ElementsAreArray(kCases[0].rolled));
  EXPECT_THAT(cells_of(roll(grid_of(kBefore), 0, 0)), testing::ElementsAreArray(kBefore));
}

}  // namespace
}  // namespace countercheck::workloads::diffusion
