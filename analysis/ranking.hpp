#pragma once

#include <cstddef>
#include <optional>
#include <string>
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
  Judged judged{};                // the fastest against the other by the time
  std::vector<Reason> reasons{};  // those that help first; empty unless better, and the baseline is the other

  bool operator==(const Explanation&) const = default;
};

// Empty where fewer than two variants are ranked, or the baseline is not among them. A count is a reason only where all
// samples counted it in full, where the verdict by it is better or worse and a tenth or more lies between the two, and
// where so many events could cost a hundredth of the time won.
std::optional<Explanation> explain(const Experiment& experiment, const std::vector<Rank>& ranking,
                                   const Inference& inference);

}  // namespace countercheck
