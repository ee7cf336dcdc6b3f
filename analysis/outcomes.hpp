#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "experiment/results.hpp"

namespace countercheck {

// Samples of one variant that ended in the same way.
struct Failure {
  Ending ending = Ending::failed;
  int status = 0;  // as in Sample
  std::size_t samples = 0;

  bool operator==(const Failure&) const = default;
};

// The least and the greatest of a number that every sample has.
struct Span {
  std::uint64_t least = 0;
  std::uint64_t most = 0;

  bool operator==(const Span&) const = default;
};

// How the samples of one variant ended, and what the completed ones told beside their readings.
struct Outcome {
  std::size_t taken = 0;
  std::size_t completed = 0;
  std::vector<Failure> failures{};   // in the order of their first appearance
  bool summarised = false;           // its sample is another tool's mean of several runs
  std::optional<unsigned> runs{};    // then, how many; empty: not told
  std::optional<Span> entries{};     // of the region; empty: none completed
  std::optional<Span> work_items{};  // empty: a completed sample told none, or none completed

  bool operator==(const Outcome&) const = default;
};

// Of its measured samples, or of the simulated ones where nothing was measured.
Outcome outcome_of(const Experiment& experiment, std::size_t variant);

// The completed samples of one variant and pass, in the order of time.
std::vector<const Sample*> completed_samples(const Experiment& experiment, std::size_t variant, Pass pass);

}  // namespace countercheck
