#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "workloads/names.hpp"

namespace countercheck::workloads {

enum class Initial { block, edge_block, random };
enum class Schedule { fixed, dynamic, guided };

inline constexpr std::array<Name<Initial>, 3> kInitials = {
    {{Initial::block, "block"}, {Initial::edge_block, "edge-block"}, {Initial::random, "random"}}};

// OpenMP's words for how the iterations of a loop are dealt to threads. `static` is a keyword of C++.
inline constexpr std::array<Name<Schedule>, 3> kSchedules = {
    {{Schedule::fixed, "static"}, {Schedule::dynamic, "dynamic"}, {Schedule::guided, "guided"}}};

// What a variant is run on.
struct Problem {
  std::size_t size = 1024;         // edge of the square grid, in cells
  std::uint64_t iterations = 100;  // steps in time
  Initial initial = Initial::block;
  std::uint64_t seed = 1;  // of the random initial state
  unsigned threads = 1;
  Schedule schedule = Schedule::fixed;
};

}  // namespace countercheck::workloads
