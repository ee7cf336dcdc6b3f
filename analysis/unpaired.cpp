#include "analysis/unpaired.hpp"

#include <algorithm>
#include <bit>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace countercheck {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::size_t kExact = 100;  // values of each up to which the distribution is worked out, not approximated

double quotient(double of, double by) {
  if (by > 0) return of / by;
  return of > 0 ? kInfinity : 1;
}

// The quotients of all of one with all of the other, in ascending order, without making a list of them.
class Quotients {
 public:
  Quotients(std::span<const double> baseline, std::span<const double> candidate)
      : below_(baseline.begin(), baseline.end()), above_(candidate.begin(), candidate.end()) {
    std::sort(below_.begin(), below_.end());
    std::sort(above_.begin(), above_.end());
  }

  std::uint64_t size() const { return std::uint64_t{below_.size()} * above_.size(); }

  // The one at a place, from 1. The bits of doubles that are not negative are in the order of their values, so that
  // halving the range of bits ends with the very number.
  double at(std::uint64_t place) const {
    std::uint64_t low = 0;
    std::uint64_t high = std::bit_cast<std::uint64_t>(kInfinity);
    while (low < high) {
      const std::uint64_t middle = low + (high - low) / 2;
      if (up_to(std::bit_cast<double>(middle)) >= place) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return std::bit_cast<double>(low);
  }

 private:
  // How many are at most so large. The larger the dividend, the fewer divisors, the largest, leave it below.
  std::uint64_t up_to(double limit) const {
    std::uint64_t count = 0;
    std::size_t first = 0;
    for (const double dividend : above_) {
      while (first < below_.size() && quotient(dividend, below_[first]) > limit) ++first;
      count += below_.size() - first;
    }
    return count;
  }

  std::vector<double> below_;
  std::vector<double> above_;
};

// The largest k with P(U < k) <= tail, U being the Mann-Whitney statistic of two sets from the same distribution: the
// place of the lower bound among the quotients; 0: there is none. The number of ways to each U has the generating
// function prod (1 - q^(n+i)) / (1 - q^i), i = 1 .. m.
std::uint64_t exact_place(std::size_t m, std::size_t n, double tail) {
  const std::size_t half = m * n / 2;
  std::vector<double> share(half + 1, 0);  // of all ways, by U
  share[0] = 1;
  for (std::size_t i = 1; i <= m; ++i) {
    for (std::size_t u = half + 1; u-- > n + i;) share[u] -= share[u - n - i];
    for (std::size_t u = i; u <= half; ++u) share[u] += share[u - i];
    // There are (n + i) / i times as many ways: kept as shares, they do not overflow.
    for (double& one : share) one *= static_cast<double>(i) / static_cast<double>(n + i);
  }
  double below = 0;
  for (std::size_t u = 0; u <= half; ++u) {
    below += share[u];
    if (below > tail) return u;
  }
  return half;
}

std::uint64_t normal_place(double m, double n, double tail) {
  const double z = boost::math::quantile(boost::math::normal(), tail);
  const double place = m * n / 2 + z * std::sqrt(m * n * (m + n + 1) / 12);
  return place < 1 ? 0 : static_cast<std::uint64_t>(place);
}

std::uint64_t place_of_bound(std::size_t m, std::size_t n, double confidence) {
  const double tail = (1 - confidence) / 2;
  if (m <= kExact && n <= kExact) return exact_place(m, n, tail);
  return normal_place(static_cast<double>(m), static_cast<double>(n), tail);
}

// Between two quotients: their geometric mean, as befits logarithms.
double between(double a, double b) {
  if (a == b) return a;
  return a == 0 ? b / 2 : a * std::sqrt(b / a);
}

}  // namespace

UnpairedRatio unpaired_ratio(std::span<const double> baseline, std::span<const double> candidate, double confidence) {
  const Quotients quotients(baseline, candidate);
  const std::uint64_t all = quotients.size();
  const std::uint64_t place = place_of_bound(baseline.size(), candidate.size(), confidence);
  const double ratio = between(quotients.at((all + 1) / 2), quotients.at(all / 2 + 1));
  if (place == 0) return {ratio, 0, kInfinity};
  return {ratio, quotients.at(place), quotients.at(all + 1 - place)};
}

std::size_t fewest_unpaired(double confidence) {
  std::size_t fewest = 1;
  while (fewest < kExact && place_of_bound(fewest, fewest, confidence) == 0) ++fewest;
  return fewest;
}

}  // namespace countercheck
