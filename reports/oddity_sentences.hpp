#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/comparison.hpp"

namespace countercheck {

// One thing that is odd about the samples of one variant by one event.
struct OddityText {
  std::string_view kind{};  // "outliers", "two-groups", "side-changes"
  double number = 0;        // of samples far from the others, of those in the upper group, of changes
  std::string whole{};      // "has 2 of 15 samples far from its median of 210: 480 in round 7 and 17 in round 9"
  std::string brief{};      // "has 2 of 15 samples far from its median of 210, the furthest 480 in round 7"
};

std::vector<OddityText> oddity_texts(const Comparison& comparison, const Row& row, const Oddity& oddity);

// What is odd about the samples: of the time a sentence for each finding, of every other event one for all variants.
std::vector<std::string> oddity_sentences(const Comparison& comparison);

}  // namespace countercheck
