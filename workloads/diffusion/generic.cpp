#include <array>
#include <utility>

#include "workloads/diffusion/arrays.hpp"
#include "workloads/diffusion/correlation.hpp"
#include "workloads/diffusion/physics.hpp"
#include "workloads/diffusion/two_grids.hpp"
#include "workloads/diffusion/variants.hpp"

namespace countercheck::workloads::diffusion {
namespace {

constexpr std::array<double, 9> kLaplacian = {0, 1,  0,  //
                                              1, -4, 1,  //
                                              0, 1,  0};

// The program whose counts are the book's 6-22: scipy's laplacian into the output, then two passes of numpy. The kernel
// is laid out anew for each call, as scipy does; scipy's own laplace adds two one-dimensional correlations, this is its
// general one.
void evolve(const Grid& grid, Grid& out) {
  correlate(grid, kernel_points(kLaplacian, 3, 3), Border::wrap, 0, out);
  multiply(out, kD * kDt);
  add(out, grid);
}

}  // namespace

Grid generic(Grid grid, const Problem& problem, const Region& region) {
  Grid next = touched(grid.size());
  return alternate(std::move(grid), std::move(next), problem, region, evolve);
}

}  // namespace countercheck::workloads::diffusion
