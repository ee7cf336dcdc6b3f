#pragma once

#include "workloads/diffusion/grid.hpp"

// The operations of numpy that the book's schemes are made of, each one pass over whole arrays. They live in a file of
// their own so that no two of them are joined into one pass.
namespace countercheck::workloads::diffusion {

// numpy.roll of a square along an axis (0: down the rows, 1: along each row): a newly allotted copy whose cells have
// moved by `shift` (-size < shift < size) and wrapped. Two slices are copied, as numpy does since 1.12.
Grid roll(const Grid& grid, int shift, int axis);

void copy(Grid& out, const Grid& grid);   // numpy.copyto(out, grid)
void multiply(Grid& out, double factor);  // out *= factor
void add(Grid& out, const Grid& grid);    // out += grid

}  // namespace countercheck::workloads::diffusion
