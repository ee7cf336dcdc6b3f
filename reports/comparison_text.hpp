#pragma once

#include "analysis/comparison.hpp"
#include "reports/report.hpp"

namespace countercheck {

// The table of variants on a terminal: events as rows and variants as columns where that fits the width, else one row
// per variant in blocks of events, else a list.
class ComparisonText : public Report {
 public:
  ComparisonText(Comparison comparison, const ReportOptions& options);
  void render(std::ostream& out) const override;

 private:
  Comparison comparison_;
  ReportOptions options_;
};

}  // namespace countercheck
