#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace countercheck {

// How often values in the order of time change sides of their median. Independent values rarely keep to one side for
// long; neighbours that are alike do, and then an interval that takes them for independent is too narrow.
struct Runs {
  std::size_t runs = 0;
  std::size_t expected = 0;  // of independent values, rounded
  double probability = 1;    // that independent values have so few, or fewer

  bool operator==(const Runs&) const = default;
};

// A. Wald, J. Wolfowitz, On a test whether two samples are from the same population, Ann. Math. Statist. 11 (1940) 147.
// Values equal to the median are passed over. Empty where all are on one side.
std::optional<Runs> runs_of(const std::vector<double>& values);

// The probability of at most `runs` runs among `above` values of one side and `below` of the other.
double probability_of_runs(std::size_t runs, std::size_t above, std::size_t below);

}  // namespace countercheck
