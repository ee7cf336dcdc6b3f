#pragma once

#include <optional>
#include <span>

namespace countercheck {

// Each is empty where it is not defined: a centre needs one value, a spread needs two.
std::optional<double> mean(std::span<const double> values);
std::optional<double> median(std::span<const double> values);

// The square root of the sum of squared distances from the mean over n - 1.
std::optional<double> standard_deviation(std::span<const double> values);

// Of the mean: the standard deviation over the square root of n, as perf stat -r defines its "+-".
std::optional<double> standard_error(std::span<const double> values);

// A spread relative to the centre it belongs to: 0 for no spread at all, empty where there is a spread around 0.
std::optional<double> relative(std::optional<double> spread, double centre);

}  // namespace countercheck
