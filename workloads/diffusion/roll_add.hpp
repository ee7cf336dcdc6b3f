#pragma once

#include "workloads/diffusion/grid.hpp"

namespace countercheck::workloads::diffusion {

// out += numpy.roll(rollee, shift, axis) without the copy: the two slices are added where they belong. As in the
// book, shift is +1 or -1 and axis is 0 (down the rows) or 1 (along each row).
void roll_add(const Grid& rollee, int shift, int axis, Grid& out);

// out = north + south + east + west - 4 grid, by roll_add.
void roll_add_laplacian(const Grid& grid, Grid& out);

}  // namespace countercheck::workloads::diffusion
