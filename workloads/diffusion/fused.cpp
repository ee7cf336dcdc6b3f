#include <utility>

#include "workloads/diffusion/fused_row.hpp"
#include "workloads/diffusion/two_grids.hpp"
#include "workloads/diffusion/variants.hpp"

namespace countercheck::workloads::diffusion {

Grid fused(Grid grid, const Problem& problem, const Region& region) {
  Grid next = touched(grid.size());
  return alternate(std::move(grid), std::move(next), problem, region, [](const Grid& from, Grid& to) {
    for (std::size_t i = 0; i < from.size(); ++i) fused_row(from, to, i);
  });
}

}  // namespace countercheck::workloads::diffusion
