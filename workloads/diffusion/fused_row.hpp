#pragma once

#include "workloads/diffusion/grid.hpp"
#include "workloads/diffusion/physics.hpp"

namespace countercheck::workloads::diffusion {

inline double fused_cell(double here, double north, double south, double east, double west) {
  return here + kDt * kD * (north + south + east + west - 4.0 * here);
}

// Row i after a step. The first and the last cell are done apart, so that the loop between them neither divides nor
// branches and is vectorised.
inline void fused_row(const Grid& grid, Grid& out, std::size_t i) {
  const std::size_t last = grid.size() - 1;
  const double* __restrict here = grid.row(i);
  const double* __restrict north = grid.row(i == 0 ? last : i - 1);
  const double* __restrict south = grid.row(i == last ? 0 : i + 1);
  double* __restrict target = out.row(i);
  target[0] = fused_cell(here[0], north[0], south[0], here[1], here[last]);
  for (std::size_t j = 1; j < last; ++j) target[j] = fused_cell(here[j], north[j], south[j], here[j + 1], here[j - 1]);
  target[last] = fused_cell(here[last], north[last], south[last], here[0], here[last - 1]);
}

}  // namespace countercheck::workloads::diffusion
