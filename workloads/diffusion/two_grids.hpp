#pragma once

#include <cstdint>
#include <utility>

#include "workloads/diffusion/grid.hpp"
#include "workloads/diffusion/variants.hpp"

namespace countercheck::workloads::diffusion {

// The region of every scheme that keeps two grids: step(grid, next) fills `next` from `grid`, then the two change
// roles. `next` is allotted and touched before the region. A template, so that the step is compiled into its file's
// loop with that file's flags.
template <typename Step>
Grid alternate(Grid grid, Grid next, const Problem& problem, const Region& region, Step step) {
  region([&] {
    for (std::uint64_t done = 0; done < problem.iterations; ++done) {
      step(grid, next);
      std::swap(grid, next);
    }
  });
  return grid;
}

}  // namespace countercheck::workloads::diffusion
