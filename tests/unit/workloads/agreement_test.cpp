// Every variant computes what the plain reference computes, for every initial state, size, number of threads and
// schedule; and what mathematics says without any reference.

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "tests/unit/workloads/plain_reference.hpp"
#include "workloads/diffusion/initial_state.hpp"
#include "workloads/diffusion/physics.hpp"

namespace countercheck::workloads {
namespace {

// Ways to run a variant: all combinations of what it takes.
std::vector<Problem> ways(const Variant& variant) {
  std::vector<Problem> all;
  for (unsigned threads = 1; threads <= (variant.threads ? 3U : 1U); ++threads) {
    for (const auto& schedule : kSchedules) {
      if (!variant.schedule && schedule.value != Schedule::fixed) continue;
      Problem problem;
      problem.threads = threads;
      problem.schedule = schedule.value;
      all.push_back(problem);
    }
  }
  return all;
}

void expect_agreement(const Variant& variant, Problem problem, const Plain& initial, const Plain& expected) {
  const Plain computed = plain(run(variant, diffusion::initial_state(problem), problem));
  ASSERT_LE(largest_difference(computed, expected), rounding(initial, problem.iterations))
      << problem.size << " x " << problem.size << ", " << problem.iterations << " steps, "
      << name_of(kInitials, problem.initial) << ", " << problem.threads << " threads, "
      << name_of(kSchedules, problem.schedule);
}

class Agreement : public testing::TestWithParam<std::string> {
 protected:
  const Variant& variant() const { return *find_variant(GetParam()); }

  void check_sizes(std::size_t first, std::size_t last, std::uint64_t most_steps) {
    for (std::size_t size = first; size <= last; ++size) {
      for (const auto& state : kInitials) check(size, state.value, most_steps);
    }
  }

 private:
  void check(std::size_t size, Initial state, std::uint64_t most_steps) {
    Problem problem;
    problem.size = size;
    problem.initial = state;
    problem.seed = size;
    const Plain initial = plain(diffusion::initial_state(problem));
    Plain expected = initial;
    for (std::uint64_t steps = 0; steps <= most_steps; ++steps) {
      if (steps > 0) expected = *variant().periodic ? periodic_step(expected) : fixed_step(expected);
      // An odd and an even number of swaps of the two grids, none at all, and the last.
      if (steps > 2 && steps != most_steps) continue;
      for (Problem way : ways(variant())) {
        way.size = size;
        way.initial = state;
        way.seed = problem.seed;
        way.iterations = steps;
        expect_agreement(variant(), way, initial, expected);
        if (HasFatalFailure()) return;
      }
    }
  }
};

TEST_P(Agreement, WithThePlainReferenceForSizesFrom3To65) {
  check_sizes(3, 65, 7);
}

// More cells than one block of the cache and more blocks than one task of a thread.
TEST_P(Agreement, WithThePlainReferenceForManyBlocks) {
  check_sizes(257, 257, 3);
}

// The variants that no heat leaves.
class Periodic : public Agreement {};

// cos(2π(p i + q j)/N) keeps its shape on a periodic grid: each step multiplies it by
// 1 + dt D (2 cos(2πp/N) + 2 cos(2πq/N) - 4), by the sum of cosines.
TEST_P(Periodic, FollowsTheClosedFormOfAWave) {
  constexpr std::size_t size = 24;
  constexpr double p = 2 * std::numbers::pi * 1 / size;
  constexpr double q = 2 * std::numbers::pi * 5 / size;
  const double factor = 1 + diffusion::kDt * diffusion::kD * (2 * std::cos(p) + 2 * std::cos(q) - 4);
  diffusion::Grid wave(size);
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j)
      wave.row(i)[j] = std::cos(p * static_cast<double>(i) + q * static_cast<double>(j));
  }
  Problem problem;
  problem.size = size;
  problem.iterations = 9;
  const diffusion::Grid last = run(variant(), wave.copy(), problem);
  for (std::size_t k = 0; k < last.count(); ++k) {
    ASSERT_NEAR(last.data()[k], wave.data()[k] * std::pow(factor, 9), 1e-14) << "cell " << k;
  }
}

TEST_P(Periodic, KeepsTheHeat) {
  Problem problem;
  problem.size = 41;
  problem.iterations = 60;
  problem.initial = Initial::random;
  const auto heat = [](const Plain& grid) {
    long double sum = 0;
    for (const long double cell : grid.cells) sum += cell;
    return sum;
  };
  const Plain before = plain(diffusion::initial_state(problem));
  const Plain after = plain(run(variant(), diffusion::initial_state(problem), problem));
  EXPECT_NEAR(static_cast<double>(heat(after) / heat(before)), 1, 1e-13);
  EXPECT_GT(largest_difference(before, after), 0.1L);
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param.substr(info.param.find('/') + 1);
  for (char& letter : name) {
    if (letter == '-') letter = '_';
  }
  return name;
}

std::vector<std::string> periodic_names() {
  std::vector<std::string> names = diffusion_names();
  std::erase_if(names, [](const std::string& name) { return !*find_variant(name)->periodic; });
  return names;
}

INSTANTIATE_TEST_SUITE_P(Diffusion, Agreement, testing::ValuesIn(diffusion_names()), test_name);
INSTANTIATE_TEST_SUITE_P(Diffusion, Periodic, testing::ValuesIn(periodic_names()), test_name);

}  // namespace
}  // namespace countercheck::workloads
