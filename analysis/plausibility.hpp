#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "experiment/results.hpp"

namespace countercheck {

// What must hold between two counts of one sample, beyond what the metrics watch (Metric::most): a cache cannot miss
// more often than the one before it hands on, nor can a program branch more often than it executes. One sentence for
// each rule that this event breaks against another, over the variant's completed samples of this kind.
std::vector<std::string> implausibilities(const Experiment& experiment, std::size_t variant, std::size_t event,
                                          Pass pass);

}  // namespace countercheck
