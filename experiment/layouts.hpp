#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "experiment/results.hpp"

namespace countercheck {

// One perturbation of where a program's memory lies, in bytes. That alone can make a program faster or slower than a
// change of its code does (Mytkowicz, Diwan, Hauswirth and Sweeney, "Producing wrong data without doing anything
// obviously wrong!", ASPLOS 2009).
struct Layout {
  std::size_t environment = 0;  // that its environment is longer, and its stack lower
  std::size_t heap = 0;         // that its heap begins further on (moved_memory.hpp)
  std::size_t mappings = 0;     // that its libraries and large blocks are lower
  std::size_t arrays = 0;       // that the arrays of our own workloads are further on; told in COUNTERCHECK_LAYOUT

  bool operator==(const Layout&) const = default;
};

// The plan's layouts, drawn by its seed: in steps of 16 bytes, the alignment of a stack and of malloc, below 64 KiB,
// which goes through all sets of a first-level cache and most of a second-level one; mappings in steps of 4 KiB between
// 16 and 18 MiB, which goes through all sets of a TLB. None where it has but one.
std::vector<Layout> layouts_of(const Plan& plan);

// "COUNTERCHECK_LAYOUT=04096": of equal length for all.
std::string layout_variable(const Layout& layout);

}  // namespace countercheck
