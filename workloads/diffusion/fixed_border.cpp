#include <utility>

#include "workloads/diffusion/physics.hpp"
#include "workloads/diffusion/two_grids.hpp"
#include "workloads/diffusion/variants.hpp"

namespace countercheck::workloads::diffusion {
namespace {

// The C function evolve of the book's chapter 7, for any size.
void evolve(const Grid& grid, Grid& next) {
  const std::size_t size = grid.size();
  for (std::size_t i = 1; i < size - 1; ++i) {
    const double* __restrict north = grid.row(i - 1);
    const double* __restrict in = grid.row(i);
    const double* __restrict south = grid.row(i + 1);
    double* __restrict out = next.row(i);
    for (std::size_t j = 1; j < size - 1; ++j) {
      const double laplacian = south[j] + north[j] + in[j + 1] + in[j - 1] - 4.0 * in[j];
      out[j] = in[j] + kD * kDt * laplacian;
    }
  }
}

}  // namespace

// The second grid begins as a copy, so that the border keeps its initial values whichever of the two is read.
Grid fixed_border(Grid grid, const Problem& problem, const Region& region) {
  Grid next = grid.copy();
  return alternate(std::move(grid), std::move(next), problem, region, evolve);
}

}  // namespace countercheck::workloads::diffusion
