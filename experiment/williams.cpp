#include "experiment/williams.hpp"

#include <algorithm>
#include <numeric>

namespace countercheck {

std::vector<Square> williams_design(std::size_t n) {
  // 0, 1, n - 1, 2, n - 2, …: the steps from each to the next are all different, modulo n for even n.
  std::vector<std::size_t> zigzag;
  for (std::size_t place = 0; place < n; ++place) {
    zigzag.push_back(place % 2 == 1 ? (place + 1) / 2 : (n - place / 2) % n);
  }
  Square square;
  for (std::size_t row = 0; row < n; ++row) {
    auto& items = square.emplace_back(zigzag);
    for (auto& item : items) item = (item + row) % n;
  }
  if (n % 2 == 0 || n == 1) return {square};
  Square mirrored = square;
  for (auto& row : mirrored) std::reverse(row.begin(), row.end());
  return {square, mirrored};
}

BalancedRows::BalancedRows(std::size_t n, std::uint64_t seed, std::uint32_t stream) : n_(n), drawing_(seed, stream) {}

const std::vector<std::size_t>& BalancedRows::next() {
  if (given_ == rows_.size()) draw();
  return rows_[given_++];
}

void BalancedRows::draw() {
  std::vector<std::size_t> items(n_);
  std::iota(items.begin(), items.end(), std::size_t{0});
  drawing_.shuffle(items);
  auto squares = williams_design(n_);
  drawing_.shuffle(squares);
  rows_.clear();
  given_ = 0;
  for (auto& square : squares) {
    drawing_.shuffle(square);
    for (auto& row : square) {
      for (auto& item : row) item = items[item];
      rows_.push_back(std::move(row));
    }
  }
}

}  // namespace countercheck
