#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "workloads/counters/spaced_counters.hpp"
#include "workloads/counters/variants.hpp"

namespace countercheck::workloads::counters {
namespace {

std::uintptr_t line(SpacedCounters& counters, std::size_t i, std::size_t bytes) {
  return reinterpret_cast<std::uintptr_t>(&counters[i]) / bytes;
}

TEST(SpacedCounters, ShareALineOrNone) {
  SpacedCounters adjacent(8, 1);
  SpacedCounters apart(8, kInLine);
  for (std::size_t i = 1; i < 8; ++i) {
    EXPECT_EQ(line(adjacent, i, 64), line(adjacent, 0, 64)) << i;
    EXPECT_EQ(line(apart, i, 128), line(apart, 0, 128) + i) << i;
  }
  EXPECT_EQ(adjacent.bytes(), 128U);
  EXPECT_EQ(apart.bytes(), 8U * 128);
  EXPECT_EQ(apart.data(), &apart[0]);
}

TEST(SpacedCounters, AreAsManyAsWereAskedFor) {
  for (const std::size_t distance : {std::size_t{1}, kInLine}) {
    SpacedCounters counters(100, distance);
    for (std::size_t i = 0; i < 100; ++i) counters[i] = i;
    for (std::size_t i = 0; i < 100; ++i) ASSERT_EQ(counters[i], i);
  }
}

// Each thread's own counter has all of that thread's increments, whoever shares its line.
TEST(Counters, AreIncrementedByOneThreadEach) {
  for (const auto run : {unshared, false_sharing}) {
    for (const unsigned threads : {1U, 2U, 5U}) {
      for (const std::uint64_t steps : {0U, 1U, 30U}) {
        Problem problem;
        problem.size = 1000;
        problem.iterations = steps;
        problem.threads = threads;
        int entered = 0;
        const auto last = run(problem, [&](const std::function<void()>& work) {
          ++entered;
          work();
        });
        EXPECT_EQ(entered, 1);
        EXPECT_THAT(last, testing::ElementsAreArray(std::vector<std::uint64_t>(threads, 1000 * steps)));
      }
    }
  }
}

}  // namespace
}  // namespace countercheck::workloads::counters
