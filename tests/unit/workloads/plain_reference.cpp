#include "tests/unit/workloads/plain_reference.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace countercheck::workloads {
namespace {

// The double nearest to 0.1 is what the variants are given, too.
constexpr long double kStep = 0.1;

long double neighbour(const Plain& grid, std::ptrdiff_t i, std::ptrdiff_t j, const Outside& outside) {
  const auto size = static_cast<std::ptrdiff_t>(grid.size);
  if (i < 0 || j < 0 || i >= size || j >= size) return outside(grid, i, j);
  return grid.at(static_cast<std::size_t>(i), static_cast<std::size_t>(j));
}

}  // namespace

Plain plain(const diffusion::Grid& grid) {
  return {grid.size(), {grid.data(), grid.data() + grid.count()}};
}

Plain step(const Plain& grid, const Outside& outside) {
  Plain next = grid;
  for (std::size_t k = 0; k < grid.cells.size(); ++k) {
    const auto i = static_cast<std::ptrdiff_t>(k / grid.size);
    const auto j = static_cast<std::ptrdiff_t>(k % grid.size);
    next.cells[k] +=
        kStep * (neighbour(grid, i - 1, j, outside) + neighbour(grid, i + 1, j, outside) +
                 neighbour(grid, i, j - 1, outside) + neighbour(grid, i, j + 1, outside) - 4 * grid.cells[k]);
  }
  return next;
}

Plain periodic_step(const Plain& grid) {
  return step(grid, [](const Plain& whole, std::ptrdiff_t i, std::ptrdiff_t j) {
    const auto size = static_cast<std::ptrdiff_t>(whole.size);
    return whole.at(static_cast<std::size_t>((i + size) % size), static_cast<std::size_t>((j + size) % size));
  });
}

Plain fixed_step(const Plain& grid) {
  Plain next = step(grid, [](const Plain&, std::ptrdiff_t, std::ptrdiff_t) { return 0.0L; });
  for (std::size_t k = 0; k < grid.cells.size(); ++k) {
    const std::size_t i = k / grid.size;
    const std::size_t j = k % grid.size;
    if (i == 0 || j == 0 || i + 1 == grid.size || j + 1 == grid.size) next.cells[k] = grid.cells[k];
  }
  return next;
}

long double largest_difference(const Plain& a, const Plain& b) {
  if (a.size != b.size) return std::numeric_limits<long double>::infinity();
  long double largest = 0;
  for (std::size_t k = 0; k < a.cells.size(); ++k) {
    const long double difference = std::fabs(a.cells[k] - b.cells[k]);
    // Not std::max: a cell that is no number must not be passed over.
    if (!(difference <= largest))
      largest = std::isnan(difference) ? std::numeric_limits<long double>::infinity() : difference;
  }
  return largest;
}

long double rounding(const Plain& initial, std::uint64_t steps) {
  long double largest = 0;
  for (const long double cell : initial.cells) largest = std::max(largest, std::fabs(cell));
  return 4 * static_cast<long double>(std::numeric_limits<double>::epsilon()) * static_cast<long double>(steps) *
         largest;
}

diffusion::Grid run(const Variant& variant, diffusion::Grid grid, const Problem& problem) {
  int entered = 0;
  const auto steps_of = std::get<diffusion::Run>(variant.run);
  diffusion::Grid last = steps_of(std::move(grid), problem, [&](const std::function<void()>& steps) {
    ++entered;
    steps();
  });
  EXPECT_EQ(entered, 1) << variant.name;
  return last;
}

std::vector<std::string> diffusion_names() {
  std::vector<std::string> names = full_names();
  std::erase_if(names, [](const std::string& name) { return !name.starts_with("diffusion/"); });
  return names;
}

}  // namespace countercheck::workloads
