#pragma once

#include "workloads/diffusion/grid.hpp"

namespace countercheck::workloads::diffusion {

// What a run computed, in numbers that agree to about 1e-13 where variants only round differently.
struct Digest {
  double sum = 0;       // of the cells: the heat, which a periodic border keeps
  double weighted = 0;  // each cell times a weight in [0, 1) of its own: a grid that is shifted, transposed or mirrored
                        // has the same sum but not this
  double squares = 0;
};

Digest digest(const Grid& grid);

}  // namespace countercheck::workloads::diffusion
