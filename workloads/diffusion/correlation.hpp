#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "workloads/diffusion/grid.hpp"

namespace countercheck::workloads::diffusion {

// What lies beyond the border, in scipy.ndimage's words, for a line a b c d:
//   wrap      … c d | a b c d | a b …
//   constant  … k k | a b c d | k k …
//   nearest   … a a | a b c d | d d …
//   reflect   … b a | a b c d | d c …
//   mirror    … c b | a b c d | c b …
enum class Border { wrap, constant, nearest, reflect, mirror };

// One weight of a kernel and where it lies from the cell that is computed.
struct KernelPoint {
  std::ptrdiff_t down;
  std::ptrdiff_t right;
  double weight;
};

// The weights of a kernel of `rows` x `columns` (both odd) that are not zero, row after row.
std::vector<KernelPoint> kernel_points(std::span<const double> kernel, std::size_t rows, std::size_t columns);

// out[i, j] = sum of weight * grid[i + down, j + right] over the points, for any number of points at any distance.
// `outside` is the k of Border::constant. `out` must not be `grid`.
void correlate(const Grid& grid, std::span<const KernelPoint> points, Border border, double outside, Grid& out);

}  // namespace countercheck::workloads::diffusion
