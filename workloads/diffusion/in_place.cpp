#include <utility>

#include "workloads/diffusion/arrays.hpp"
#include "workloads/diffusion/physics.hpp"
#include "workloads/diffusion/two_grids.hpp"
#include "workloads/diffusion/variants.hpp"

namespace countercheck::workloads::diffusion {
namespace {

// The program whose counts are the book's 6-15, line by line. The rolled copies are newly allotted and freed by
// numpy.roll, one at a time.
void laplacian(const Grid& grid, Grid& out) {
  copy(out, grid);
  multiply(out, -4.0);
  add(out, roll(grid, +1, 0));
  add(out, roll(grid, -1, 0));
  add(out, roll(grid, +1, 1));
  add(out, roll(grid, -1, 1));
}

void evolve(const Grid& grid, Grid& out) {
  laplacian(grid, out);
  multiply(out, kD * kDt);
  add(out, grid);
}

}  // namespace

Grid in_place(Grid grid, const Problem& problem, const Region& region) {
  Grid next = touched(grid.size());
  return alternate(std::move(grid), std::move(next), problem, region, evolve);
}

}  // namespace countercheck::workloads::diffusion
