#pragma once

#include "workloads/diffusion/grid.hpp"
#include "workloads/problem.hpp"
#include "workloads/steps.hpp"

namespace countercheck::workloads::diffusion {

// One variant: takes the initial state, allots before the region what its scheme allots once, does
// problem.iterations steps in the region, and returns the final state.
using Run = Grid (*)(Grid grid, const Problem& problem, const Region& region);

Grid boxed(Grid grid, const Problem& problem, const Region& region);
Grid boxed_reuse(Grid grid, const Problem& problem, const Region& region);
Grid rows(Grid grid, const Problem& problem, const Region& region);
Grid contiguous(Grid grid, const Problem& problem, const Region& region);
Grid contiguous_scalar(Grid grid, const Problem& problem, const Region& region);
Grid in_place(Grid grid, const Problem& problem, const Region& region);
Grid roll_add_scheme(Grid grid, const Problem& problem, const Region& region);
Grid blocked(Grid grid, const Problem& problem, const Region& region);
Grid generic(Grid grid, const Problem& problem, const Region& region);
Grid fused(Grid grid, const Problem& problem, const Region& region);
Grid column_order(Grid grid, const Problem& problem, const Region& region);
Grid openmp(Grid grid, const Problem& problem, const Region& region);
Grid fixed_border(Grid grid, const Problem& problem, const Region& region);

}  // namespace countercheck::workloads::diffusion
