#pragma once

#include "workloads/diffusion/grid.hpp"
#include "workloads/problem.hpp"

namespace countercheck::workloads::diffusion {

// The grid that the steps begin with:
//   block       the book's: the square [int(0.4 N), int(0.5 N))² at 0.005, the rest 0. It never reaches the border in
//               a few hundred steps, so it cannot tell right border code from wrong.
//   edge-block  a rectangle at 0.005 in the corner where the first rows and the first columns meet, the rest at 0.001.
//               Every border line thus has cells whose neighbour across the border is neither 0 nor equal to
//               themselves: one step with a border that is not updated, read as 0, or read from the cell itself, on any
//               of the four sides, gives another grid. Being wider than high, it also tells a grid from its transpose.
//   random      independent values in [0, 1), the same for the same seed.
//
// With block, the front that runs ahead of the heat becomes subnormal before it becomes 0: from about step 155 on at
// N = 512 and step 300 at N = 1024. Processors take extra cycles for such numbers; they are part of the job and are
// left.
Grid initial_state(const Problem& problem);

}  // namespace countercheck::workloads::diffusion
