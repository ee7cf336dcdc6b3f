#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "experiment/drawing.hpp"

namespace countercheck {

// A Latin square: every item once in each row and once in each column.
using Square = std::vector<std::vector<std::size_t>>;

// The design of Williams for n items, 0 to n - 1: each comes equally often at each place of a row, and equally often
// right after each other one, so that neither a drift within the rows nor what an item leaves behind for the next (warm
// caches, a hot processor) favours any. One square for even n, two for odd n (E. J. Williams 1949, "Experimental
// designs balanced for the estimation of residual effects of treatments", Australian Journal of Scientific Research A
// 2, 149).
std::vector<Square> williams_design(std::size_t n);

// Rows of that design without end: design after design, each with the items, the squares and the rows of each square in
// an order of its own, drawn by the seed (the randomisation of Latin squares of Fisher and Yates, "Statistical
// Tables"). A square is given whole before the next begins: any n rows from the start of one have every item once at
// each place.
class BalancedRows {
 public:
  BalancedRows(std::size_t n, std::uint64_t seed, std::uint32_t stream);

  const std::vector<std::size_t>& next();

 private:
  void draw();

  std::size_t n_;
  Drawing drawing_;
  std::vector<std::vector<std::size_t>> rows_{};  // of the design that is being given
  std::size_t given_ = 0;
};

}  // namespace countercheck
