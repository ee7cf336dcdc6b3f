#pragma once

#include <cstddef>
#include <vector>

#include "analysis/measure.hpp"
#include "experiment/results.hpp"

namespace countercheck {

// In how many of the memory layouts in which both were counted a variant has less of an event than the baseline, by the
// medians of its rounds in each: what holds in all of them does not hang on where memory happens to lie.
struct LayoutSurvival {
  std::size_t better = 0;
  std::size_t of = 0;  // 0: there was but one layout, or no value

  bool operator==(const LayoutSurvival&) const = default;
};

// The measured samples of each layout, as an experiment of its own; none where all ran under one.
std::vector<Experiment> split_by_layouts(const Experiment& experiment);

LayoutSurvival layout_survival(const std::vector<Experiment>& layouts, std::size_t variant, std::size_t event, Per per);

}  // namespace countercheck
