#include "workloads/diffusion/arrays.hpp"

#include "workloads/diffusion/opaque.hpp"

namespace countercheck::workloads::diffusion {

COUNTERCHECK_OPAQUE Grid roll(const Grid& grid, int shift, int axis) {
  const std::size_t size = grid.size();
  // How far the first row or column moves: for -1 it becomes the last.
  const std::size_t offset = shift < 0 ? size - static_cast<std::size_t>(-shift) : static_cast<std::size_t>(shift);
  Grid rolled(size);
  if (axis == 0) {
    std::copy(grid.row(0), grid.row(size - offset), rolled.row(offset));
    std::copy(grid.row(size - offset), grid.row(size), rolled.row(0));
  } else {
    for (std::size_t i = 0; i < size; ++i) {
      const double* from = grid.row(i);
      std::copy(from, from + (size - offset), rolled.row(i) + offset);
      std::copy(from + (size - offset), from + size, rolled.row(i));
    }
  }
  return rolled;
}

COUNTERCHECK_OPAQUE void copy(Grid& out, const Grid& grid) {
  std::copy_n(grid.data(), grid.count(), out.data());
}

COUNTERCHECK_OPAQUE void multiply(Grid& out, double factor) {
  double* cells = out.data();
  const std::size_t count = out.count();
  for (std::size_t k = 0; k < count; ++k) cells[k] *= factor;
}

COUNTERCHECK_OPAQUE void add(Grid& out, const Grid& grid) {
  double* __restrict cells = out.data();
  const double* __restrict others = grid.data();
  const std::size_t count = out.count();
  for (std::size_t k = 0; k < count; ++k) cells[k] += others[k];
}

}  // namespace countercheck::workloads::diffusion
