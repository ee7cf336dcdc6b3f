#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "workloads/diffusion/grid.hpp"
#include "workloads/registry.hpp"

// The diffusion job written once more, as plainly as can be and in long double, from the formula alone: shares no code
// with the variants but the type that holds their grids.
namespace countercheck::workloads {

struct Plain {
  std::size_t size;
  std::vector<long double> cells;

  long double at(std::size_t i, std::size_t j) const { return cells[i * size + j]; }
};

// The value of a cell that lies outside: i or j is -1 or size.
using Outside = std::function<long double(const Plain& grid, std::ptrdiff_t i, std::ptrdiff_t j)>;

Plain plain(const diffusion::Grid& grid);
Plain step(const Plain& grid, const Outside& outside);
Plain periodic_step(const Plain& grid);
Plain fixed_step(const Plain& grid);  // the border keeps its values

long double largest_difference(const Plain& a, const Plain& b);

// What rounding may differ by: a step makes less than ten roundings of numbers no larger than four times the largest
// cell, most of them scaled by dt, and spreads earlier errors without enlarging them.
long double rounding(const Plain& initial, std::uint64_t steps);

// One run of a variant on any grid; fails the test unless its steps are done once, in the region.
diffusion::Grid run(const Variant& variant, diffusion::Grid grid, const Problem& problem);

// The family's variants, as "diffusion/variant".
std::vector<std::string> diffusion_names();

}  // namespace countercheck::workloads
