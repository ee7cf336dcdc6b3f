#pragma once

#include <vector>

#include "analysis/stat_summary.hpp"
#include "reports/report.hpp"

namespace countercheck {

// The block of perf stat, in the layout of 2014 that the book prints; one block for each command. Where the lines do
// not fit the width, what stands behind a name goes below it.
class StatText : public Report {
 public:
  StatText(std::vector<StatSummary> summaries, const ReportOptions& options);
  void render(std::ostream& out) const override;

 private:
  std::vector<StatSummary> summaries_;
  ReportOptions options_;
};

}  // namespace countercheck
