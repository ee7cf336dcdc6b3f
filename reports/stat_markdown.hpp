#pragma once

#include <vector>

#include "analysis/stat_summary.hpp"
#include "reports/report.hpp"

namespace countercheck {

// The block of perf stat as a table of GitHub's Markdown.
class StatMarkdown : public Report {
 public:
  explicit StatMarkdown(std::vector<StatSummary> summaries);
  void render(std::ostream& out) const override;

 private:
  std::vector<StatSummary> summaries_;
};

}  // namespace countercheck
