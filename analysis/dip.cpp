#include "analysis/dip.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "analysis/statistics.hpp"

namespace countercheck {
namespace {

// One value, and how many of all lie below it and up to it: the two ends of its step in the empirical distribution.
struct Step {
  double value = 0;
  double below = 0;
  double up_to = 0;
};

std::vector<Step> steps_of(std::span<const double> sorted) {
  std::vector<Step> steps;
  for (const double value : sorted) {
    const double before = steps.empty() ? 0 : steps.back().up_to;
    if (steps.empty() || steps.back().value != value) steps.push_back({value, before, before});
    ++steps.back().up_to;
  }
  return steps;
}

// A function of straight lines between corners: the greatest convex one below the lower ends of the steps from `low` to
// `high`, or with `sign` -1 the least concave one above their upper ends.
class Hull {
 public:
  Hull(const std::vector<Step>& steps, std::size_t low, std::size_t high, double sign) : line_(steps.size()) {
    const auto height = [&](std::size_t at) { return sign > 0 ? steps[at].below : steps[at].up_to; };
    for (std::size_t at = low; at <= high; ++at) {
      while (corners_.size() > 1) {
        const std::size_t a = corners_[corners_.size() - 2];
        const std::size_t b = corners_.back();
        const double rise_to_b = (height(b) - height(a)) * (steps[at].value - steps[a].value);
        const double rise_to_here = (height(at) - height(a)) * (steps[b].value - steps[a].value);
        if (sign * rise_to_b < sign * rise_to_here) break;
        corners_.pop_back();
      }
      corners_.push_back(at);
    }
    line_[low] = height(low);
    for (std::size_t corner = 0; corner + 1 < corners_.size(); ++corner) {
      const std::size_t a = corners_[corner];
      const std::size_t b = corners_[corner + 1];
      const double slope = (height(b) - height(a)) / (steps[b].value - steps[a].value);
      for (std::size_t at = a + 1; at < b; ++at) line_[at] = height(a) + slope * (steps[at].value - steps[a].value);
      line_[b] = height(b);
    }
  }

  double operator[](std::size_t at) const { return line_[at]; }
  const std::vector<std::size_t>& corners() const { return corners_; }

 private:
  std::vector<std::size_t> corners_{};
  std::vector<double> line_;
};

// One row of the table: n, and the 99th percentile of the dip.
struct Critical {
  double n;
  double dip;
};
constexpr Critical kCritical[] = {{10, 0.15968},   {15, 0.13598},   {20, 0.12062},  {30, 0.10148},
                                  {50, 0.08120},   {100, 0.05902},  {200, 0.04269}, {500, 0.02745},
                                  {1000, 0.01961}, {2000, 0.01397}, {5000, 0.00886}};

}  // namespace

// The paper's way: the mode lies where the convex and the concave function are farthest from each other. What is left
// of it must be convex and what is right of it concave, which costs a distance; within, the same again, until the two
// functions are no farther from each other than what that has cost. Distances are in values, and twice the dip.
double dip(std::span<const double> sorted) {
  const std::vector<Step> steps = steps_of(sorted);
  std::size_t low = 0;
  std::size_t high = steps.size() - 1;
  double cost = 1;
  while (low < high) {
    const Hull convex(steps, low, high, 1);
    const Hull concave(steps, low, high, -1);
    double farthest = 0;
    std::size_t new_low = low;
    std::size_t new_high = high;
    for (const std::size_t at : convex.corners()) {
      if (concave[at] - convex[at] <= farthest) continue;
      farthest = concave[at] - convex[at];
      new_low = at;
      new_high = *std::lower_bound(concave.corners().begin(), concave.corners().end(), at);
    }
    for (const std::size_t at : concave.corners()) {
      if (concave[at] - convex[at] <= farthest) continue;
      farthest = concave[at] - convex[at];
      new_high = at;
      new_low = *std::prev(std::upper_bound(convex.corners().begin(), convex.corners().end(), at));
    }
    if (farthest <= cost) break;
    for (std::size_t at = low; at < new_low; ++at) cost = std::max(cost, steps[at].up_to - convex[at]);
    for (std::size_t at = new_high + 1; at <= high; ++at) cost = std::max(cost, concave[at] - steps[at].below);
    if (new_low == low && new_high == high) break;
    low = new_low;
    high = new_high;
  }
  return cost / (2 * static_cast<double>(sorted.size()));
}

std::optional<double> critical_dip(std::size_t n) {
  const auto size = static_cast<double>(n);
  const auto above =
      std::find_if(std::begin(kCritical), std::end(kCritical), [&](const Critical& row) { return row.n >= size; });
  if (above == std::begin(kCritical) && above->n > size) return std::nullopt;
  // The square root of n times the dip hardly changes with n: between two rows it is a straight line.
  const Critical& to = above == std::end(kCritical) ? *std::prev(above) : *above;
  const Critical& from = above == std::end(kCritical) || to.n == size ? to : *std::prev(above);
  const double share = to.n > from.n ? (size - from.n) / (to.n - from.n) : 0;
  const double scaled = std::sqrt(from.n) * from.dip * (1 - share) + std::sqrt(to.n) * to.dip * share;
  return scaled / std::sqrt(size);
}

std::optional<Groups> groups_of(std::vector<double> values) {
  const auto critical = critical_dip(values.size());
  if (!critical) return std::nullopt;
  std::sort(values.begin(), values.end());
  if (dip(values) <= *critical) return std::nullopt;

  // The least scatter within the groups is the most between them.
  const auto n = static_cast<double>(values.size());
  const double all = *mean(values);
  double lower_mean = 0;
  double best = 0;
  std::size_t cut = 1;
  for (std::size_t i = 0; i + 1 < values.size(); ++i) {
    const auto count = static_cast<double>(i + 1);
    lower_mean += (values[i] - lower_mean) / count;
    const double between = count * n / (n - count) * (lower_mean - all) * (lower_mean - all);
    if (between > best) {
      best = between;
      cut = i + 1;
    }
  }
  const std::span<const double> ordered(values);
  return Groups{*median(ordered.first(cut)), cut, *median(ordered.subspan(cut)), values.size() - cut};
}

}  // namespace countercheck
