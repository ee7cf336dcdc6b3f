// What the initial states can and cannot tell about border code: each mutant is the plain reference with one mistake.

#include <gtest/gtest.h>

#include "tests/unit/workloads/plain_reference.hpp"
#include "workloads/diffusion/initial_state.hpp"

namespace countercheck::workloads {
namespace {

struct Mutant {
  std::string mistake;
  Plain after;  // one step
};

enum class Side { north, south, west, east };

Side side_of(const Plain& grid, std::ptrdiff_t i, std::ptrdiff_t j) {
  if (i < 0) return Side::north;
  if (i >= static_cast<std::ptrdiff_t>(grid.size)) return Side::south;
  return j < 0 ? Side::west : Side::east;
}

// The right cell on every side but one, where `wrong` is read.
Plain mutated(const Plain& grid, Side side, const Outside& wrong) {
  return step(grid, [&](const Plain& whole, std::ptrdiff_t i, std::ptrdiff_t j) {
    if (side_of(whole, i, j) == side) return wrong(whole, i, j);
    const auto size = static_cast<std::ptrdiff_t>(whole.size);
    return whole.at(static_cast<std::size_t>((i + size) % size), static_cast<std::size_t>((j + size) % size));
  });
}

// The line of one side as it was before.
Plain with_side_left_out(const Plain& before, Plain after, Side side) {
  const std::size_t last = before.size - 1;
  for (std::size_t k = 0; k < before.size; ++k) {
    const std::size_t i = side == Side::north ? 0 : side == Side::south ? last : k;
    const std::size_t j = side == Side::west ? 0 : side == Side::east ? last : k;
    after.cells[i * before.size + j] = before.at(i, j);
  }
  return after;
}

std::vector<Mutant> mutants(const Plain& grid) {
  const auto last = static_cast<std::ptrdiff_t>(grid.size) - 1;
  const auto inside = [last](std::ptrdiff_t at) {
    return static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(at, 0, last));
  };
  const std::vector<std::pair<Side, const char*>> sides = {
      {Side::north, "north"}, {Side::south, "south"}, {Side::west, "west"}, {Side::east, "east"}};
  std::vector<Mutant> all;
  for (const auto& [side, name] : sides) {
    all.push_back({std::string(name) + " read as 0",
                   mutated(grid, side, [](const Plain&, std::ptrdiff_t, std::ptrdiff_t) { return 0.0L; })});
    all.push_back({std::string(name) + " read from the cell itself",
                   mutated(grid, side, [&](const Plain& whole, std::ptrdiff_t i, std::ptrdiff_t j) {
                     return whole.at(inside(i), inside(j));
                   })});
    all.push_back({std::string(name) + " not updated", with_side_left_out(grid, periodic_step(grid), side)});
  }
  return all;
}

Plain state(Initial initial, std::size_t size) {
  Problem problem;
  problem.size = size;
  problem.initial = initial;
  return plain(diffusion::initial_state(problem));
}

TEST(Borders, OneStepFromTheEdgeBlockTellsEveryMistakeOnEverySide) {
  for (const std::size_t size : {3U, 4U, 5U, 7U, 16U, 33U, 64U}) {
    const Plain initial = state(Initial::edge_block, size);
    const Plain right = periodic_step(initial);
    for (const Mutant& mutant : mutants(initial)) {
      EXPECT_GT(largest_difference(mutant.after, right), 1e6L * rounding(initial, 1)) << size << ": " << mutant.mistake;
    }
  }
}

TEST(Borders, TheRandomStateTellsThemToo) {
  const Plain initial = state(Initial::random, 16);
  const Plain right = periodic_step(initial);
  for (const Mutant& mutant : mutants(initial)) {
    EXPECT_GT(largest_difference(mutant.after, right), 1e6L * rounding(initial, 1)) << mutant.mistake;
  }
}

TEST(Borders, TheBooksBlockTellsNone) {
  const Plain initial = state(Initial::block, 64);
  const Plain right = periodic_step(initial);
  for (const Mutant& mutant : mutants(initial)) {
    EXPECT_EQ(largest_difference(mutant.after, right), 0) << mutant.mistake;
  }
}

TEST(Borders, AFixedBorderIsAnotherComputationOnlyWhereTheEdgeIsTouched) {
  for (const auto& [initial, differs] : {std::pair(Initial::block, false), std::pair(Initial::edge_block, true)}) {
    Plain periodic = state(initial, 48);
    const long double tolerance = rounding(periodic, 10);
    Plain fixed = periodic;
    for (int k = 0; k < 10; ++k) {
      periodic = periodic_step(periodic);
      fixed = fixed_step(fixed);
    }
    EXPECT_EQ(largest_difference(periodic, fixed) > tolerance, differs) << name_of(kInitials, initial);
  }
}

}  // namespace
}  // namespace countercheck::workloads
