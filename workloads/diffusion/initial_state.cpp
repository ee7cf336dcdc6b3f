#include "workloads/diffusion/initial_state.hpp"

#include <random>

namespace countercheck::workloads::diffusion {
namespace {

constexpr double kHot = 0.005;
constexpr double kBackground = 0.001;

// int(share * N) as Python computes it: a product of doubles, cut off.
std::size_t part(double share, std::size_t size) {
  return static_cast<std::size_t>(share * static_cast<double>(size));
}

void fill(Grid& grid, std::size_t top, std::size_t bottom, std::size_t left, std::size_t right) {
  for (std::size_t i = top; i < bottom; ++i) std::fill(grid.row(i) + left, grid.row(i) + right, kHot);
}

}  // namespace

Grid initial_state(const Problem& problem) {
  const std::size_t size = problem.size;
  Grid grid = touched(size);
  switch (problem.initial) {
    case Initial::block:
      fill(grid, part(0.4, size), part(0.5, size), part(0.4, size), part(0.5, size));
      break;
    case Initial::edge_block:
      std::fill_n(grid.data(), grid.count(), kBackground);
      fill(grid, 0, std::max<std::size_t>(1, part(0.2, size)), 0, std::max<std::size_t>(2, part(0.4, size)));
      break;
    case Initial::random: {
      std::mt19937_64 generator(problem.seed);
      // The upper 53 bits as a fraction: std::uniform_real_distribution may differ from library to library.
      std::generate_n(grid.data(), grid.count(), [&] { return static_cast<double>(generator() >> 11) * 0x1p-53; });
      break;
    }
  }
  return grid;
}

}  // namespace countercheck::workloads::diffusion
