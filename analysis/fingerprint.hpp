#pragma once

#include <optional>
#include <string>
#include <vector>

#include "experiment/results.hpp"

namespace countercheck {

// What a count is the same on, other things being equal.
enum class Place {
  hardware,   // times and the counts of the processor: one machine, by its whole fingerprint
  kernel,     // page faults, context switches, peak-rss: machines that divide memory alike
  simulator,  // simulated counts: one simulated machine and one tool, wherever it ran
};

Place place_of(Source source, Unit unit);

// One thing in which the places of two results are not the same.
struct Difference {
  std::string what{};  // "the kernel"
  std::string baseline{};
  std::string candidate{};

  bool operator==(const Difference&) const = default;
};

// Where two experiments were taken in places that are not the same, as far as it matters to such a count: empty where
// they may be compared. What neither result tells is no difference.
std::vector<Difference> differences(const Experiment& baseline, const Experiment& candidate, Place place);

// "the cpu (Intel Xeon, AMD EPYC) and the kernel (6.1.0, 6.6.1)"
std::string listed_differences(const std::vector<Difference>& differences);

}  // namespace countercheck
