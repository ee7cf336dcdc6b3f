#include "analysis/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace countercheck {

std::optional<double> mean(std::span<const double> values) {
  if (values.empty()) return std::nullopt;
  // A running mean: it stays within the values, so that equal values have exactly themselves for mean, and the sum of
  // many large counts cannot lose digits.
  double centre = 0;
  double n = 0;
  for (const double value : values) centre += (value - centre) / ++n;
  return centre;
}

std::optional<double> median(std::span<const double> values) {
  if (values.empty()) return std::nullopt;
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  const std::size_t half = sorted.size() / 2;
  if (sorted.size() % 2 == 1) return sorted[half];
  return sorted[half - 1] + (sorted[half] - sorted[half - 1]) / 2;
}

std::optional<double> standard_deviation(std::span<const double> values) {
  if (values.size() < 2) return std::nullopt;
  const double centre = *mean(values);
  double squares = 0;
  for (const double value : values) squares += (value - centre) * (value - centre);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

std::optional<double> standard_error(std::span<const double> values) {
  const auto deviation = standard_deviation(values);
  if (!deviation) return std::nullopt;
  return *deviation / std::sqrt(static_cast<double>(values.size()));
}

std::optional<double> relative(std::optional<double> spread, double centre) {
  if (!spread) return std::nullopt;
  if (*spread == 0) return 0.0;
  if (centre == 0) return std::nullopt;
  return *spread / std::abs(centre);
}

}  // namespace countercheck
