#pragma once

#include <vector>

#include "analysis/comparison.hpp"
#include "reports/csv.hpp"

namespace countercheck {

// What the factors of each variant are, a line each: "wall-time-times" how many times as much the baseline has of it,
// "wall-time-times-insns-per-cycle" the share of one factor in that. Of its cost the variant has less, more, the same.
std::vector<CsvLine> factor_lines(const Comparison& comparison);

// What is odd about the samples, in the place of an event: "wall-time-outliers" how many there are, and which.
std::vector<CsvLine> oddity_lines(const Comparison& comparison);

// Each expectation, in the place of an event.
std::vector<CsvLine> expectation_lines(const Comparison& comparison);

}  // namespace countercheck
