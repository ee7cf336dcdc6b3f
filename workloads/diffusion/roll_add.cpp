#include "workloads/diffusion/roll_add.hpp"

#include <cassert>
#include <utility>

#include "workloads/diffusion/arrays.hpp"
#include "workloads/diffusion/opaque.hpp"
#include "workloads/diffusion/physics.hpp"
#include "workloads/diffusion/two_grids.hpp"
#include "workloads/diffusion/variants.hpp"

namespace countercheck::workloads::diffusion {
namespace {

// out += in over slices; in a column, `stride` cells lie between two neighbours.
void add_slice(double* __restrict out, const double* __restrict in, std::size_t count) {
  for (std::size_t k = 0; k < count; ++k) out[k] += in[k];
}

void add_column(double* __restrict out, const double* __restrict in, std::size_t count, std::size_t stride) {
  for (std::size_t k = 0; k < count; ++k) out[k * stride] += in[k * stride];
}

void evolve(const Grid& grid, Grid& out) {
  roll_add_laplacian(grid, out);
  multiply(out, kD * kDt);
  add(out, grid);
}

}  // namespace

// Opaque: inlined into the laplacian below, the four calls could share their passes.
COUNTERCHECK_OPAQUE void roll_add(const Grid& rollee, int shift, int axis, Grid& out) {
  assert((shift == 1 || shift == -1) && (axis == 0 || axis == 1));
  const std::size_t size = rollee.size();
  const std::size_t last = size - 1;
  if (shift == 1 && axis == 0) {
    add_slice(out.row(1), rollee.row(0), last * size);  // out[1:, :] += rollee[:-1, :]
    add_slice(out.row(0), rollee.row(last), size);      // out[0, :] += rollee[-1, :]
  } else if (shift == -1 && axis == 0) {
    add_slice(out.row(0), rollee.row(1), last * size);  // out[:-1, :] += rollee[1:, :]
    add_slice(out.row(last), rollee.row(0), size);      // out[-1, :] += rollee[0, :]
  } else if (shift == 1 && axis == 1) {
    // out[:, 1:] += rollee[:, :-1], then out[:, 0] += rollee[:, -1]
    for (std::size_t i = 0; i < size; ++i) add_slice(out.row(i) + 1, rollee.row(i), last);
    add_column(out.data(), rollee.data() + last, size, size);
  } else {
    // out[:, :-1] += rollee[:, 1:], then out[:, -1] += rollee[:, 0]
    for (std::size_t i = 0; i < size; ++i) add_slice(out.row(i), rollee.row(i) + 1, last);
    add_column(out.data() + last, rollee.data(), size, size);
  }
}

void roll_add_laplacian(const Grid& grid, Grid& out) {
  copy(out, grid);
  multiply(out, -4.0);
  roll_add(grid, +1, 0, out);
  roll_add(grid, -1, 0, out);
  roll_add(grid, +1, 1, out);
  roll_add(grid, -1, 1, out);
}

// The in-place scheme with a laplacian of its own (the book's 6-18): nothing is allotted in the region.
Grid roll_add_scheme(Grid grid, const Problem& problem, const Region& region) {
  Grid next = touched(grid.size());
  return alternate(std::move(grid), std::move(next), problem, region, evolve);
}

}  // namespace countercheck::workloads::diffusion
