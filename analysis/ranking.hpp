#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "analysis/inference.hpp"
#include "experiment/results.hpp"

namespace countercheck {

// One line of the summary, the fastest first.
struct Rank {
  std::size_t variant = 0;
  double time = 0;                             // median of the wall time, in ns
  std::optional<double> standard_deviation{};  // in ns; empty: one sample
  double ratio = 1;                            // to the fastest
  Judged against_fastest{};                    // by the time; of the fastest itself nothing is judged

  bool operator==(const Rank&) const = default;
};

// The variants by their wall time, without those that are excluded and those that have none.
std::vector<Rank> rank(const Experiment& experiment, const std::vector<bool>& excluded, const Inference& inference);

// What the samples support about the fastest variant against the baseline, or, where the baseline is the fastest,
// about the baseline against the next. Where the time went, the factors tell (analysis/factors.hpp).
struct Lead {
  std::size_t fastest = 0;
  std::size_t other = 0;
  double times_as_fast = 1;
  Judged judged{};  // the fastest against the other by the time

  bool operator==(const Lead&) const = default;
};

// Empty where fewer than two variants are ranked, or the baseline is not among them.
std::optional<Lead> lead(const Experiment& experiment, const std::vector<Rank>& ranking, const Inference& inference);

}  // namespace countercheck
