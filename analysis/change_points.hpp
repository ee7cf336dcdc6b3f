#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace countercheck {

// Where a series of values becomes another one: E-divisive, of Matteson and James, "A Nonparametric Approach for
// Multiple Change Point Analysis of Multivariate Data", JASA 109 (2014), arXiv 1306.4933, with the energy distance of
// exponent 1. It asks of the noise only that it is the same before and after but for the change: no normal
// distribution, so that one wild value counts as one value.

// The best place to cut a series in two, and how far apart the two pieces are. `at` is the first index of the second
// piece; 0: the series is too short to be cut.
struct Split {
  std::size_t at = 0;
  double distance = -std::numeric_limits<double>::infinity();  // the paper's Q, mn / (m + n) times the energy distance
};

// Over all cuts that leave `least` values on both sides, of which the second piece may end before the series does: a
// change that is taken back later is found by what lies in between. n^2 steps.
Split best_split(std::span<const double> values, std::size_t least);

struct ChangeSearch {
  double level = 0.05;        // chance that a series without a change gets any mark
  std::size_t least = 2;      // values between two changes, at least 2: one value has no spread
  unsigned shufflings = 999;  // of the permutation test; raised where `level` needs more
  std::uint64_t seed = 4711;  // the same values always give the same answer
};

struct ChangePoint {
  std::size_t at = 0;  // the first index of the new piece
  double p = 1;        // of the permutation test: the share of shuffled series that could be cut as well

  bool operator==(const ChangePoint&) const = default;
};

// In the order of the series. The values before, between and after them are taken to be alike and independent: slow
// drift, or values that lean on the one before, give marks more often than `level` says.
std::vector<ChangePoint> change_points(std::span<const double> values, const ChangeSearch& search = {});

// With fewer values than that no change could be told from chance at this level, however large it is.
std::size_t fewest_values(double level);

}  // namespace countercheck
