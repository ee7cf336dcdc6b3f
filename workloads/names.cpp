#include "workloads/names.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace countercheck::workloads {
namespace {

// Optimal string alignment distance, three rows of the table at a time.
std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> here(b.size() + 1);
  std::iota(above.begin(), above.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    here[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = a[i - 1] == b[j - 1];
      here[j] = std::min({above[j] + 1, here[j - 1] + 1, above[j - 1] + (same ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) here[j] = std::min(here[j], before[j - 2] + 1);
    }
    before.swap(above);
    above.swap(here);
  }
  return above[b.size()];
}

}  // namespace

std::string_view nearest(std::string_view typed, std::span<const std::string> candidates) {
  return *std::min_element(candidates.begin(), candidates.end(),
                           [&](const auto& a, const auto& b) { return edits(typed, a) < edits(typed, b); });
}

}  // namespace countercheck::workloads
