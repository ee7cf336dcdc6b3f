#include "workloads/diffusion/correlation.hpp"

#include <optional>

namespace countercheck::workloads::diffusion {
namespace {

std::ptrdiff_t modulo(std::ptrdiff_t at, std::ptrdiff_t period) {
  const std::ptrdiff_t rest = at % period;
  return rest < 0 ? rest + period : rest;
}

// The index in [0, size) that stands for `at`; empty where the constant does.
std::optional<std::ptrdiff_t> inside(std::ptrdiff_t at, std::ptrdiff_t size, Border border) {
  if (at >= 0 && at < size) return at;
  switch (border) {
    case Border::wrap:
      return modulo(at, size);
    case Border::constant:
      return std::nullopt;
    case Border::nearest:
      return at < 0 ? 0 : size - 1;
    case Border::reflect: {
      const std::ptrdiff_t place = modulo(at, 2 * size);
      return place < size ? place : 2 * size - 1 - place;
    }
    case Border::mirror: {
      if (size == 1) return 0;
      const std::ptrdiff_t place = modulo(at, 2 * size - 2);
      return place < size ? place : 2 * size - 2 - place;
    }
  }
  return std::nullopt;
}

// The points of one line of the output: the rows they read, with the constant's line for those that lie outside.
struct Line {
  std::vector<const double*> rows;
  std::vector<std::ptrdiff_t> shifts;
  std::vector<double> weights;
};

double near_the_side(const Line& line, std::ptrdiff_t j, std::ptrdiff_t size, Border border, double outside) {
  double sum = 0;
  for (std::size_t k = 0; k < line.weights.size(); ++k) {
    const auto column = inside(j + line.shifts[k], size, border);
    sum += line.weights[k] * (column ? line.rows[k][*column] : outside);
  }
  return sum;
}

}  // namespace

std::vector<KernelPoint> kernel_points(std::span<const double> kernel, std::size_t rows, std::size_t columns) {
  std::vector<KernelPoint> points;
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      const double weight = kernel[i * columns + j];
      if (weight == 0) continue;
      points.push_back({static_cast<std::ptrdiff_t>(i) - static_cast<std::ptrdiff_t>(rows / 2),
                        static_cast<std::ptrdiff_t>(j) - static_cast<std::ptrdiff_t>(columns / 2), weight});
    }
  }
  return points;
}

// As scipy's ni_filters.c: for each cell a loop over the points, whose number, places and weights are known only now.
// Cells whose points all lie inside their row take them from addresses; only those near its ends ask the border.
void correlate(const Grid& grid, std::span<const KernelPoint> points, Border border, double outside, Grid& out) {
  const auto size = static_cast<std::ptrdiff_t>(grid.size());
  const std::size_t count = points.size();
  std::ptrdiff_t left = 0;
  std::ptrdiff_t right = 0;
  Line line;
  for (const auto& point : points) {
    left = std::max(left, -point.right);
    right = std::max(right, point.right);
    line.shifts.push_back(point.right);
    line.weights.push_back(point.weight);
  }
  line.rows.resize(count);
  const std::vector<double> constant(grid.size(), outside);
  std::vector<const double*> places(count);

  const std::ptrdiff_t begin = std::min(left, size);
  const std::ptrdiff_t end = std::max(begin, size - right);
  for (std::ptrdiff_t i = 0; i < size; ++i) {
    for (std::size_t k = 0; k < count; ++k) {
      const auto row = inside(i + points[k].down, size, border);
      line.rows[k] = row ? grid.row(static_cast<std::size_t>(*row)) : constant.data();
    }
    double* __restrict target = out.row(static_cast<std::size_t>(i));
    for (std::ptrdiff_t j = 0; j < begin; ++j) target[j] = near_the_side(line, j, size, border, outside);
    if (begin < end) {
      // Addresses of the first cell between the two sides: only there are they sure to lie within the row.
      for (std::size_t k = 0; k < count; ++k) places[k] = line.rows[k] + (begin + line.shifts[k]);
      const double* const* const place = places.data();
      const double* const weight = line.weights.data();
      for (std::ptrdiff_t j = 0; j < end - begin; ++j) {
        double sum = 0;
        for (std::size_t k = 0; k < count; ++k) sum += weight[k] * place[k][j];
        target[begin + j] = sum;
      }
    }
    for (std::ptrdiff_t j = end; j < size; ++j) target[j] = near_the_side(line, j, size, border, outside);
  }
}

}  // namespace countercheck::workloads::diffusion
