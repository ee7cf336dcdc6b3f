#pragma once

#include "analysis/comparison.hpp"
#include "reports/report.hpp"

namespace countercheck {

// A comparison as GitHub's Markdown: the table, the summary and the same sentences as on the terminal.
class ComparisonMarkdown : public Report {
 public:
  explicit ComparisonMarkdown(Comparison comparison);
  void render(std::ostream& out) const override;

 private:
  Comparison comparison_;
};

}  // namespace countercheck
