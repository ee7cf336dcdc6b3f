#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "experiment/results.hpp"

namespace countercheck {

// Whether two medians may be called different. They are told apart when they lie further from each other than their two
// standard deviations together.
enum class Separation {
  told_apart,
  not_told_apart,
  no_spread,  // one of the two was measured once only
};

Separation separation(double a, std::optional<double> spread_a, double b, std::optional<double> spread_b);

// One line of the summary, the fastest first.
struct Rank {
  std::size_t variant = 0;
  double time = 0;                             // median of the wall time, in ns
  std::optional<double> standard_deviation{};  // in ns; empty: one sample
  double ratio = 1;                            // to the fastest
  Separation from_fastest = Separation::told_apart;

  bool operator==(const Rank&) const = default;
};

// The variants by their wall time, without those that are excluded and those that have none.
std::vector<Rank> rank(const Experiment& experiment, const std::vector<bool>& excluded);

// One difference in what was counted that goes along with the difference in time.
struct Reason {
  std::string what{};  // "instructions", "page faults"
  double ratio = 1;    // fastest to baseline; 0 where the fastest had none
  bool helps = true;   // it goes in the direction of less time

  bool operator==(const Reason&) const = default;
};

// What the samples support about the fastest variant against the baseline, or, where the baseline is the fastest,
// about the baseline against the next.
struct Explanation {
  std::size_t fastest = 0;
  std::size_t other = 0;
  double times_as_fast = 1;
  Separation separation = Separation::told_apart;
  std::vector<Reason> reasons{};  // those that help first; empty unless told apart and the baseline is the slower

  bool operator==(const Explanation&) const = default;
};

// Empty where fewer than two variants are ranked, or the baseline is not among them. A count is a reason only where all
// samples counted it in full, where the two variants are told apart by it and a tenth or more lies between them, and
// where so many events could cost a hundredth of the time won.
std::optional<Explanation> explain(const Experiment& experiment, const std::vector<Rank>& ranking);

}  // namespace countercheck
