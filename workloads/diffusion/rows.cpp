#include <utility>
#include <vector>

#include "workloads/diffusion/physics.hpp"
#include "workloads/diffusion/variants.hpp"

namespace countercheck::workloads::diffusion {
namespace {

using Rows = std::vector<std::vector<double>>;

// What boxed does without its boxes: the same new grid every step, zeroed and then written, and the same indices by
// modulo, so that the two differ by the pointers alone.
Rows evolve(const Rows& grid) {
  const std::size_t size = grid.size();
  Rows next(size, std::vector<double>(size));
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) {
      const double here = grid[i][j];
      const double grid_xx = grid[(i + 1) % size][j] + grid[(i + size - 1) % size][j] - 2.0 * here;
      const double grid_yy = grid[i][(j + 1) % size] + grid[i][(j + size - 1) % size] - 2.0 * here;
      next[i][j] = here + kD * (grid_xx + grid_yy) * kDt;
    }
  }
  return next;
}

}  // namespace

Grid rows(Grid grid, const Problem& problem, const Region& region) {
  const std::size_t size = grid.size();
  Rows lines;
  for (std::size_t i = 0; i < size; ++i) lines.emplace_back(grid.row(i), grid.row(i) + size);
  region([&] {
    for (std::uint64_t step = 0; step < problem.iterations; ++step) lines = evolve(lines);
  });
  for (std::size_t i = 0; i < size; ++i) std::copy(lines[i].begin(), lines[i].end(), grid.row(i));
  return grid;
}

}  // namespace countercheck::workloads::diffusion
