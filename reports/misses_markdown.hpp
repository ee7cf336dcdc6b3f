#pragma once

#include "analysis/miss_summary.hpp"
#include "reports/report.hpp"

namespace countercheck {

// The answer, the tables and the listings as GitHub's Markdown.
class MissesMarkdown : public Report {
 public:
  explicit MissesMarkdown(MissSummary summary);
  void render(std::ostream& out) const override;

 private:
  MissSummary summary_;
};

}  // namespace countercheck
