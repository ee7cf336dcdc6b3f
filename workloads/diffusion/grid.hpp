#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>

#include "workloads/array_offset.hpp"

namespace countercheck::workloads::diffusion {

// A square of doubles, row after row in one allocation. Moved, never copied by accident: what a variant copies is
// part of what it stands for.
class Grid {
 public:
  // The cells hold nothing yet, as numpy.empty.
  explicit Grid(std::size_t size) : size_(size), cells_(new double[array_offset + size * size] + array_offset) {}

  std::size_t size() const { return size_; }           // of an edge, in cells
  std::size_t count() const { return size_ * size_; }  // of the cells

  double* data() { return cells_.get(); }
  const double* data() const { return cells_.get(); }
  double* row(std::size_t i) { return cells_.get() + i * size_; }
  const double* row(std::size_t i) const { return cells_.get() + i * size_; }

  Grid copy() const {
    Grid same(size_);
    std::copy_n(data(), count(), same.data());
    return same;
  }

 private:
  struct Delete {
    void operator()(double* cells) const { delete[](cells - array_offset); }
  };

  std::size_t size_;
  std::unique_ptr<double[], Delete> cells_;
};

// A second grid for a scheme that allots its output once, before the work: with the page faults of its first touch
// behind it.
inline Grid touched(std::size_t size) {
  Grid grid(size);
  std::fill_n(grid.data(), grid.count(), 0.0);
  return grid;
}

}  // namespace countercheck::workloads::diffusion
