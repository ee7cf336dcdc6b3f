#include <utility>

#include "workloads/diffusion/fused_row.hpp"
#include "workloads/diffusion/variants.hpp"

namespace countercheck::workloads::diffusion {

Grid fused(Grid grid, const Problem& problem, const Region& region) {
  Grid next = touched(grid.size());
  region([&] {
    for (std::uint64_t step = 0; step < problem.iterations; ++step) {
      for (std::size_t i = 0; i < grid.size(); ++i) fused_row(grid, next, i);
      std::swap(grid, next);
    }
  });
  return grid;
}

}  // namespace countercheck::workloads::diffusion
