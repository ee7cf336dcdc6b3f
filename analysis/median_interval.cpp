#include "analysis/median_interval.hpp"

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <numbers>

namespace countercheck {
namespace {

// The a of the Beta(a, a) that a coin's bias is drawn from: see docs/inference.md for what others would give.
constexpr double kMixing = 1;

double log_beta(double a, double b) {
  return boost::math::lgamma(a) + boost::math::lgamma(b) - boost::math::lgamma(a + b);
}

// The logarithm of the martingale after n tosses of which `below` fell on one side.
double log_evidence(double n, double below) {
  return n * std::numbers::ln2 + log_beta(kMixing + below, kMixing + n - below) - log_beta(kMixing, kMixing);
}

// The k up to which `beyond(k - 1)` holds, which holds for the first of 0 to n / 2 or for none.
template <typename Beyond>
std::size_t last_rank(std::size_t n, Beyond beyond) {
  std::size_t low = 0;
  std::size_t high = n / 2;
  while (low < high) {
    const std::size_t middle = (low + high + 1) / 2;
    if (beyond(static_cast<double>(middle - 1))) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

}  // namespace

std::size_t rank_of_interval(std::size_t n, double error) {
  if (n == 0) return 0;
  const boost::math::binomial tosses(static_cast<double>(n), 0.5);
  return last_rank(n, [&](double below) { return 2 * boost::math::cdf(tosses, below) <= error; });
}

std::size_t rank_of_sequential_interval(std::size_t n, double error) {
  const auto all = static_cast<double>(n);
  return last_rank(n, [&](double below) { return log_evidence(all, below) >= -std::log(error); });
}

std::size_t values_needed(double error, bool sequential) {
  std::size_t n = 1;
  while ((sequential ? rank_of_sequential_interval(n, error) : rank_of_interval(n, error)) == 0) ++n;
  return n;
}

}  // namespace countercheck
