#include "experiment/layouts.hpp"

#include <fmt/format.h>

#include "experiment/drawing.hpp"

namespace countercheck {

std::vector<Layout> layouts_of(const Plan& plan) {
  constexpr std::size_t kStep = 16;
  constexpr std::size_t kSteps = (std::size_t{64} << 10) / kStep;
  // So much that no gap above a program's libraries has room for it; and never a multiple of 2 MiB, which Linux 6.7 and
  // later put at one (mm/huge_memory.c, thp_get_unmapped_area), with a gap above it for the libraries.
  constexpr std::size_t kFar = std::size_t{16} << 20;
  constexpr std::size_t kPage = 4096;
  constexpr std::size_t kPages = 511;
  constexpr std::uint32_t kStream = 1'000'000;  // far from those of the rounds' order
  if (plan.layouts <= 1) return {};
  Drawing drawing(plan.seed, kStream);
  Drawing of_memory(plan.seed, kStream + 1);
  std::vector<Layout> layouts;
  for (unsigned i = 0; i < plan.layouts; ++i) {
    const std::size_t environment = kStep * drawing.below(kSteps);
    const std::size_t arrays = kStep * drawing.below(kSteps);
    const std::size_t heap = kStep * of_memory.below(kSteps);
    const std::size_t mappings = kFar + kPage * (1 + of_memory.below(kPages));
    layouts.push_back({.environment = environment, .heap = heap, .mappings = mappings, .arrays = arrays});
  }
  return layouts;
}

std::string layout_variable(const Layout& layout) {
  return fmt::format("COUNTERCHECK_LAYOUT={:05}", layout.arrays);
}

}  // namespace countercheck
