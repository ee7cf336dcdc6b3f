// The scheme of contiguous.cpp and contiguous_scalar.cpp, which define COUNTERCHECK_CONTIGUOUS as the variant's name.
// Included once by each, never elsewhere: one source, compiled with and without vectorisation. All of it is in an
// unnamed namespace, or the linker would keep one of the two.

#include "workloads/diffusion/arrays.hpp"
#include "workloads/diffusion/opaque.hpp"
#include "workloads/diffusion/physics.hpp"
#include "workloads/diffusion/variants.hpp"

namespace countercheck::workloads::diffusion {
namespace {

// Opaque: inlined, the four sums could become one pass, and an allocation that is only passed on could be left out.
COUNTERCHECK_OPAQUE Grid operator+(const Grid& left, const Grid& right) {
  Grid sum(left.size());
  double* __restrict out = sum.data();
  const double* a = left.data();
  const double* b = right.data();
  const std::size_t count = left.count();
  for (std::size_t k = 0; k < count; ++k) out[k] = a[k] + b[k];
  return sum;
}

COUNTERCHECK_OPAQUE Grid operator-(const Grid& left, const Grid& right) {
  Grid difference(left.size());
  double* __restrict out = difference.data();
  const double* a = left.data();
  const double* b = right.data();
  const std::size_t count = left.count();
  for (std::size_t k = 0; k < count; ++k) out[k] = a[k] - b[k];
  return difference;
}

COUNTERCHECK_OPAQUE Grid operator*(double factor, const Grid& grid) {
  Grid product(grid.size());
  double* __restrict out = product.data();
  const double* a = grid.data();
  const std::size_t count = grid.count();
  for (std::size_t k = 0; k < count; ++k) out[k] = factor * a[k];
  return product;
}

// roll(grid, +1, 0) + roll(grid, -1, 0) + roll(grid, +1, 1) + roll(grid, -1, 1) - 4 * grid, one statement for each
// operation: CPython frees both operands of one as soon as it is done, the left one first, and so does this (the
// assignment frees the left one, the end of the statement the right one). Later versions of numpy write a large
// intermediate sum over its own operand instead; the book's did not.
Grid laplacian(const Grid& grid) {
  Grid sum = roll(grid, +1, 0);
  sum = sum + roll(grid, -1, 0);
  sum = sum + roll(grid, +1, 1);
  sum = sum + roll(grid, -1, 1);
  sum = sum - 4.0 * grid;
  return sum;
}

// grid + dt * D * laplacian(grid)
Grid evolve(const Grid& grid) {
  Grid change = laplacian(grid);
  change = (kDt * kD) * change;
  return grid + change;
}

}  // namespace

// Nothing is allotted before the region but the initial state: allotting is what the scheme does.
Grid COUNTERCHECK_CONTIGUOUS(Grid grid, const Problem& problem, const Region& region) {
  region([&] {
    for (std::uint64_t step = 0; step < problem.iterations; ++step) grid = evolve(grid);
  });
  return grid;
}

}  // namespace countercheck::workloads::diffusion
