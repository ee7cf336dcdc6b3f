#include "analysis/runs.hpp"

#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "analysis/statistics.hpp"

namespace countercheck {
namespace {

double log_choose(std::size_t n, std::size_t k) {
  const auto factorial = [](std::size_t i) { return boost::math::lgamma(static_cast<double>(i) + 1); };
  return factorial(n) - factorial(k) - factorial(n - k);
}

// Ways to cut n values into so many runs, as a logarithm; minus infinity where there is none.
double log_cuts(std::size_t n, std::size_t runs) {
  return runs == 0 || runs > n ? -INFINITY : log_choose(n - 1, runs - 1);
}

}  // namespace

double probability_of_runs(std::size_t runs, std::size_t above, std::size_t below) {
  const double all = log_choose(above + below, above);
  double sum = 0;
  for (std::size_t r = 2; r <= runs; ++r) {
    const std::size_t half = r / 2;
    if (r % 2 == 0) {
      sum += 2 * std::exp(log_cuts(above, half) + log_cuts(below, half) - all);
    } else {
      sum += std::exp(log_cuts(above, half) + log_cuts(below, half + 1) - all);
      sum += std::exp(log_cuts(above, half + 1) + log_cuts(below, half) - all);
    }
  }
  return sum;
}

std::optional<Runs> runs_of(const std::vector<double>& values) {
  const auto centre = median(values);
  if (!centre) return std::nullopt;
  std::size_t sides[2] = {0, 0};
  Runs result;
  std::optional<bool> last;
  for (const double value : values) {
    if (value == *centre) continue;
    const bool above = value > *centre;
    ++sides[above ? 1 : 0];
    if (last != above) ++result.runs;
    last = above;
  }
  if (sides[0] == 0 || sides[1] == 0) return std::nullopt;
  const auto one = static_cast<double>(sides[0]);
  const auto other = static_cast<double>(sides[1]);
  result.expected = static_cast<std::size_t>(std::lround(1 + 2 * one * other / (one + other)));
  result.probability = probability_of_runs(result.runs, sides[0], sides[1]);
  return result;
}

}  // namespace countercheck
