#include "experiment/layouts.hpp"

#include <fmt/format.h>

#include "experiment/drawing.hpp"

namespace countercheck {

std::vector<Layout> layouts_of(const Plan& plan) {
  constexpr std::size_t kStep = 16;
  constexpr std::size_t kSteps = (std::size_t{64} << 10) / kStep;
  constexpr std::uint32_t kStream = 1'000'000;  // far from those of the rounds' order
  if (plan.layouts <= 1) return {};
  Drawing drawing(plan.seed, kStream);
  std::vector<Layout> layouts;
  for (unsigned i = 0; i < plan.layouts; ++i) {
    const std::size_t environment = kStep * drawing.below(kSteps);
    layouts.push_back({.environment = environment, .arrays = kStep * drawing.below(kSteps)});
  }
  return layouts;
}

std::string layout_variable(const Layout& layout) {
  return fmt::format("COUNTERCHECK_LAYOUT={:05}", layout.arrays);
}

}  // namespace countercheck
