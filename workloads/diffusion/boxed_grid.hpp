#pragma once

#include <memory>
#include <vector>

#include "workloads/diffusion/grid.hpp"
#include "workloads/diffusion/physics.hpp"

namespace countercheck::workloads::diffusion {

// What a Python list of lists of floats is: rows of pointers to values that are allotted one by one.
using BoxedGrid = std::vector<std::vector<std::unique_ptr<double>>>;

inline BoxedGrid boxed_from(const Grid& grid) {
  BoxedGrid boxes(grid.size());
  for (std::size_t i = 0; i < grid.size(); ++i) {
    boxes[i].reserve(grid.size());
    for (std::size_t j = 0; j < grid.size(); ++j) boxes[i].push_back(std::make_unique<double>(grid.row(i)[j]));
  }
  return boxes;
}

inline void unbox(const BoxedGrid& boxes, Grid& grid) {
  for (std::size_t i = 0; i < grid.size(); ++i) {
    for (std::size_t j = 0; j < grid.size(); ++j) grid.row(i)[j] = *boxes[i][j];
  }
}

// One cell after a step, in the order of the book's pure Python. Its % wraps -1 to the last index; with unsigned
// numbers, adding size - 1 does.
inline double stepped(const BoxedGrid& grid, std::size_t i, std::size_t j) {
  const std::size_t size = grid.size();
  const double here = *grid[i][j];
  const double grid_xx = *grid[(i + 1) % size][j] + *grid[(i + size - 1) % size][j] - 2.0 * here;
  const double grid_yy = *grid[i][(j + 1) % size] + *grid[i][(j + size - 1) % size] - 2.0 * here;
  return here + kD * (grid_xx + grid_yy) * kDt;
}

}  // namespace countercheck::workloads::diffusion
