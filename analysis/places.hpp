#pragma once

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

// In what the places of two results differ, as far as it matters to such a count, a phrase each: "the kernel is 6.6,
// not 6.1", of the candidate and of the baseline (experiment/fingerprint.hpp). None: they may be compared.
std::vector<std::string> differences(const Experiment& baseline, const Experiment& candidate, Place place);

}  // namespace countercheck
