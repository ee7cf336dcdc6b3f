#include <utility>

#include "workloads/diffusion/fused_row.hpp"
#include "workloads/diffusion/two_grids.hpp"
#include "workloads/diffusion/variants.hpp"

namespace countercheck::workloads::diffusion {
namespace {

// Column j after a step: fused_row with rows and columns exchanged. The cells of a column lie size * 8 bytes apart;
// where that is a large power of two they also share few sets of the cache.
void column(const Grid& grid, Grid& out, std::size_t j) {
  const std::size_t size = grid.size();
  const std::size_t last = size - 1;
  const double* here = grid.data() + j;
  const double* west = grid.data() + (j == 0 ? last : j - 1);
  const double* east = grid.data() + (j == last ? 0 : j + 1);
  double* __restrict target = out.data() + j;
  target[0] = fused_cell(here[0], here[last * size], here[size], east[0], west[0]);
  for (std::size_t at = size; at < last * size; at += size) {
    target[at] = fused_cell(here[at], here[at - size], here[at + size], east[at], west[at]);
  }
  const std::size_t end = last * size;
  target[end] = fused_cell(here[end], here[end - size], here[0], east[end], west[end]);
}

}  // namespace

Grid column_order(Grid grid, const Problem& problem, const Region& region) {
  Grid next = touched(grid.size());
  return alternate(std::move(grid), std::move(next), problem, region, [](const Grid& from, Grid& to) {
    for (std::size_t j = 0; j < from.size(); ++j) column(from, to, j);
  });
}

}  // namespace countercheck::workloads::diffusion
