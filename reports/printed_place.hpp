#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "experiment/results.hpp"

namespace countercheck {

// Where a printed report differs from the same report made again, in words that a reader of it knows.

std::vector<std::string> lines_of(std::string_view text);

std::vector<std::string> variant_names(const Experiment& experiment);

// "time of roll-add: printed 0.411 s, the samples give 0.452 s (line 7)"; where the row and the variant cannot be told
// from the layout, the line alone. Empty where nothing differs.
std::string first_difference(const std::vector<std::string>& printed, const std::vector<std::string>& again,
                             bool markdown, const std::vector<std::string>& variants);

// The same of a CSV, by the names of its columns.
std::string first_csv_difference(const std::vector<std::vector<std::string>>& printed,
                                 const std::vector<std::string>& again);

}  // namespace countercheck
