#include "workloads/diffusion/initial_state.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace countercheck::workloads::diffusion {
namespace {

Grid state(Initial initial, std::size_t size, std::uint64_t seed = 1) {
  Problem problem;
  problem.size = size;
  problem.initial = initial;
  problem.seed = seed;
  return initial_state(problem);
}

TEST(InitialState, BlockIsTheSquareThatPythonsIntCutsOff) {
  struct Expected {
    std::size_t size, low, high;  // python3 -c 'print(int(0.4 * N), int(0.5 * N))'
  };
  for (const auto& [size, low, high] : {Expected{3, 1, 1}, Expected{4, 1, 2}, Expected{10, 4, 5}, Expected{37, 14, 18},
                                        Expected{256, 102, 128}, Expected{512, 204, 256}}) {
    const Grid grid = state(Initial::block, size);
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t j = 0; j < size; ++j) {
        const bool hot = i >= low && i < high && j >= low && j < high;
        ASSERT_EQ(grid.row(i)[j], hot ? 0.005 : 0.0) << size << ": " << i << ", " << j;
      }
    }
  }
}

TEST(InitialState, EdgeBlockTouchesTheFirstRowsAndTheFirstColumnsOnly) {
  for (const std::size_t size : {3U, 4U, 20U, 65U}) {
    const Grid grid = state(Initial::edge_block, size);
    EXPECT_EQ(grid.row(0)[0], 0.005);
    for (std::size_t k = 0; k < size; ++k) {
      EXPECT_EQ(grid.row(size - 1)[k], 0.001);
      EXPECT_EQ(grid.row(k)[size - 1], 0.001);
    }
  }
  const Grid grid = state(Initial::edge_block, 20);
  EXPECT_EQ(std::count(grid.data(), grid.data() + grid.count(), 0.005), 4 * 8);  // wider than high
}

TEST(InitialState, RandomIsTheStandardsMersenneTwister) {
  // 5489 is the generator's default seed, and the C++ standard ([rand.predef]) gives its 10000th number.
  const Grid grid = state(Initial::random, 100, 5489);
  EXPECT_EQ(grid.row(99)[99], static_cast<double>(9981545732273789042U >> 11) / 9007199254740992.0);
  for (std::size_t k = 0; k < grid.count(); ++k) {
    ASSERT_GE(grid.data()[k], 0);
    ASSERT_LT(grid.data()[k], 1);
  }
  const Grid other = state(Initial::random, 100, 5490);
  EXPECT_FALSE(std::equal(grid.data(), grid.data() + grid.count(), other.data()));
}

}  // namespace
}  // namespace countercheck::workloads::diffusion
