#include "workloads/diffusion/digest.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "workloads/diffusion/arrays.hpp"
#include "workloads/diffusion/initial_state.hpp"

namespace countercheck::workloads::diffusion {
namespace {

// What countercheck takes for a difference: relative, 1e-9.
bool differs(double a, double b) {
  return std::fabs(a - b) > 1e-9 * std::max(std::fabs(a), std::fabs(b));
}

TEST(Digest, WeighsTheFirstCellByTheFirstNumberOfSplitmix64) {
  Grid grid = touched(3);
  grid.row(0)[0] = 3;
  const Digest total = digest(grid);
  EXPECT_EQ(total.sum, 3);
  EXPECT_EQ(total.squares, 9);
  EXPECT_EQ(total.weighted, 3 * (static_cast<double>(0xe220a8397b1dcdafU >> 11) / 9007199254740992.0));
}

TEST(Digest, TellsAShiftATransposeAndAMirrorThatLeaveTheSumAlone) {
  Problem problem;
  problem.size = 64;
  problem.initial = Initial::edge_block;
  const Grid grid = initial_state(problem);
  Grid transposed(64);
  Grid mirrored(64);
  for (std::size_t i = 0; i < 64; ++i) {
    for (std::size_t j = 0; j < 64; ++j) {
      transposed.row(j)[i] = grid.row(i)[j];
      mirrored.row(63 - i)[j] = grid.row(i)[j];
    }
  }
  const Digest right = digest(grid);
  for (const Grid* wrong : {&transposed, &mirrored}) {
    EXPECT_FALSE(differs(digest(*wrong).sum, right.sum));
    EXPECT_TRUE(differs(digest(*wrong).weighted, right.weighted));
  }
  for (const int shift : {-1, +1}) {
    for (const int axis : {0, 1}) EXPECT_TRUE(differs(digest(roll(grid, shift, axis)).weighted, right.weighted));
  }
}

}  // namespace
}  // namespace countercheck::workloads::diffusion
