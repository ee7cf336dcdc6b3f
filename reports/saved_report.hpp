#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "experiment/results.hpp"

namespace countercheck {

// What became of holding a report that was printed and kept against the samples that it was made of.
struct ReportCheck {
  std::string form{};         // "text of 80 columns", "Markdown", "CSV, for one work item"
  std::size_t figures = 0;    // numbers in it
  std::size_t recounted = 0;  // of them, worked out by recount.hpp as well
  std::string difference{};   // the first that is not what the samples give; empty: there is none
};

// Makes the report again, in the form that the saved one has and for the width that fits it best, and compares figure
// by figure. The numbers of a CSV are worked out a second time, by code of its own.
ReportCheck check_saved_report(const Experiment& experiment, std::string_view saved);

// The fields of each line of a CSV text, as RFC 4180 has them.
std::vector<std::vector<std::string>> csv_lines(std::string_view text);

}  // namespace countercheck
