// The figures of reference/README.md: 500 steps from the book's block.

#include <gtest/gtest.h>

#include "tests/unit/workloads/plain_reference.hpp"
#include "workloads/diffusion/digest.hpp"
#include "workloads/diffusion/initial_state.hpp"

namespace countercheck::workloads {
namespace {

void expect_figures(const char* name, std::size_t size, double sum, std::size_t middle, double cell) {
  Problem problem;
  problem.size = size;
  problem.iterations = 500;
  const diffusion::Grid last = run(*find_variant(name), diffusion::initial_state(problem), problem);
  EXPECT_NEAR(diffusion::digest(last).sum, sum, 1e-12) << name;
  EXPECT_NEAR(last.row(middle)[middle], cell, 1e-12) << name;
}

TEST(BookFigures, HoldFor256) {
  for (const char* name : {"diffusion/contiguous", "diffusion/in-place", "diffusion/roll-add", "diffusion/blocked",
                           "diffusion/generic", "diffusion/fused", "diffusion/openmp", "diffusion/fixed-border"}) {
    expect_figures(name, 256, 3.38, 115, 0.0032486906758165);
  }
}

TEST(BookFigures, HoldFor512) {
  for (const char* name : {"diffusion/fused", "diffusion/openmp", "diffusion/fixed-border"}) {
    expect_figures(name, 512, 13.52, 230, 0.0049061777063252);
  }
}

}  // namespace
}  // namespace countercheck::workloads
