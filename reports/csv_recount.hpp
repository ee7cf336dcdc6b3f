#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "experiment/results.hpp"

namespace countercheck {

// The numbers of a CSV report, worked out from the samples by recount.hpp.
struct CsvRecount {
  std::size_t figures = 0;   // that could be: those of events, not of what is derived from several
  std::string difference{};  // the first that is printed otherwise; empty: none
};

// `lines` are the fields of the report, its head among them.
CsvRecount recount_csv(const Experiment& experiment, const std::vector<std::vector<std::string>>& lines);

}  // namespace countercheck
