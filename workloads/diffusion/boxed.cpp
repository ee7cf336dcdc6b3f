#include "workloads/diffusion/boxed_grid.hpp"
#include "workloads/diffusion/variants.hpp"

namespace countercheck::workloads::diffusion {
namespace {

// As the book's pure Python: a new list of lists, and a new float for each cell. The old grid is freed when the name
// is bound to the new one, so both exist while a step is done.
BoxedGrid evolve(const BoxedGrid& grid) {
  const std::size_t size = grid.size();
  BoxedGrid next(size);
  for (auto& row : next) row.resize(size);
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) next[i][j] = std::make_unique<double>(stepped(grid, i, j));
  }
  return next;
}

}  // namespace

Grid boxed(Grid grid, const Problem& problem, const Region& region) {
  BoxedGrid boxes = boxed_from(grid);
  region([&] {
    for (std::uint64_t step = 0; step < problem.iterations; ++step) boxes = evolve(boxes);
  });
  unbox(boxes, grid);
  return grid;
}

}  // namespace countercheck::workloads::diffusion
