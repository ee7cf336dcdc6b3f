#pragma once

#include <cstddef>
#include <span>

namespace countercheck {

// How many times the one sort of values is the other, and between what bounds that is known to lie.
struct UnpairedRatio {
  double ratio = 1;
  double low = 0;
  double high = 0;  // infinity: no bound
};

// The ratio candidate / baseline of values that no rounds pair, as those of two separate runs: the Hodges-Lehmann
// estimate, the median of all quotients of one with one, and the interval that the Mann-Whitney test inverted gives
// (Hollander, Wolfe, Chicken, Nonparametric Statistical Methods, 3rd ed. 2014, 4.2 and 4.3, after Moses), on
// logarithms. It supposes that the two are distributed alike but for a factor, and nothing about how; ties make it
// wider than it needs to be. Values are 0 or more, and there is one of each at least; 0 / 0 is 1. Too few of them for
// the confidence have the bounds 0 and infinity.
UnpairedRatio unpaired_ratio(std::span<const double> baseline, std::span<const double> candidate, double confidence);

// How many values of each are the fewest with which it has other bounds than these.
std::size_t fewest_unpaired(double confidence);

}  // namespace countercheck
