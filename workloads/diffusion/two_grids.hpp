#pragma once

#include <cstdint>
#include <utility>

#include "workloads/diffusion/grid.hpp"
#include "workloads/diffusion/variants.hpp"
#include "workloads/region.h"

namespace countercheck::workloads::diffusion {

// The region of every scheme that keeps two grids: step(grid, next) fills `next` from `grid`, then the two change
// roles. `next` is allotted and touched before the region. A template, so that the step is compiled into its file's
// loop with that file's flags. The arrays are named for the simulator by their first role; what a step allots has no
// name and is told by who allotted it.
template <typename Step>
Grid alternate(Grid grid, Grid next, const Problem& problem, const Region& region, Step step) {
  countercheck_name_array(grid.data(), grid.count() * sizeof(double), "grid");
  countercheck_name_array(next.data(), next.count() * sizeof(double), "next grid");
  region([&] {
    for (std::uint64_t done = 0; done < problem.iterations; ++done) {
      step(grid, next);
      std::swap(grid, next);
    }
  });
  return grid;
}

}  // namespace countercheck::workloads::diffusion
