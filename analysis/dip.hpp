#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace countercheck {

// The dip: how far, at the most, the distribution of the values lies from the nearest that rises to one mode and falls
// from it; from 1 / 2n to 1/4. J. A. Hartigan, P. M. Hartigan, The dip test of unimodality, Ann. Statist. 13 (1985) 70.
// The values in order, and at least one.
double dip(std::span<const double> sorted);

// The dip that samples of so many values from a uniform distribution, the least favourable of one mode, exceed once in
// a hundred times: from the table that M. Maechler computed for R's package diptest, larger than the one in the paper.
// Empty for fewer than ten values.
std::optional<double> critical_dip(std::size_t n);

// Two groups of values, where the dip is beyond the critical one: the cut that leaves the least scatter within both
// (W. D. Fisher, On grouping for maximum homogeneity, J. Am. Stat. Assoc. 53 (1958) 789).
struct Groups {
  double lower = 0;  // medians
  std::size_t in_lower = 0;
  double upper = 0;
  std::size_t in_upper = 0;

  bool operator==(const Groups&) const = default;
};
std::optional<Groups> groups_of(std::vector<double> values);

}  // namespace countercheck
