#include "workloads/diffusion/boxed_grid.hpp"
#include "workloads/diffusion/variants.hpp"

namespace countercheck::workloads::diffusion {
namespace {

// As the book's Python with the grids allotted once (its counts are 6-8), except that CPython still makes a new float
// for each value, because its floats cannot change. Here the box itself is written, so that what boxed and boxed-reuse
// differ by is all of the allocations and nothing else.
void evolve(const BoxedGrid& grid, BoxedGrid& out) {
  const std::size_t size = grid.size();
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) *out[i][j] = stepped(grid, i, j);
  }
}

}  // namespace

Grid boxed_reuse(Grid grid, const Problem& problem, const Region& region) {
  BoxedGrid boxes = boxed_from(grid);
  BoxedGrid next = boxed_from(grid);
  region([&] {
    for (std::uint64_t step = 0; step < problem.iterations; ++step) {
      evolve(boxes, next);
      boxes.swap(next);
    }
  });
  unbox(boxes, grid);
  return grid;
}

}  // namespace countercheck::workloads::diffusion
