#pragma once

#include "analysis/miss_summary.hpp"
#include "reports/report.hpp"

namespace countercheck {

// The answer in one sentence, the tables, and source beside counts, for a terminal of any width.
class MissesText : public Report {
 public:
  MissesText(MissSummary summary, const ReportOptions& options);
  void render(std::ostream& out) const override;

 private:
  MissSummary summary_;
  ReportOptions options_;
};

}  // namespace countercheck
