#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analysis/places.hpp"
#include "experiment/results.hpp"

namespace countercheck {

// One variant at one point of a scan as the baseline has it and as the candidate has it: what a gate compares.
struct Match {
  std::string name{};         // "roll-add, size 512"; empty where there is nothing to tell it from
  Experiment experiment{};    // of both sides, and of the A/A arm where there is one; cut to this match
  std::size_t candidate = 1;  // index into its variants; the baseline is experiment.baseline
  bool paired = true;         // the rounds of both were taken in turns, in one run
  // Where the two sides are not from one place, by what depends on it (analysis/places.hpp).
  std::vector<std::string> hardware{};
  std::vector<std::string> kernel{};
  std::vector<std::string> simulator{};
};

// Those of one run, whose points have a baseline and a candidate each.
std::vector<Match> matches_of_run(const Experiment& run);

// Those of two separate runs: variants of the same name and parameters, or the only variant of each. What only one of
// them has is a note of the first match. No measured round of one has the number of a round of the other; simulated
// ones keep theirs, for a simulated count is the same in every round. Throws UserError where the two have nothing in
// common, or are of different problems.
std::vector<Match> matches_of_files(const Experiment& baseline, const Experiment& candidate);

}  // namespace countercheck
