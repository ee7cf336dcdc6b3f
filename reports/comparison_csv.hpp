#pragma once

#include "analysis/comparison.hpp"
#include "reports/report.hpp"

namespace countercheck {

// Every cell of a comparison, or of those of a scan's points one after the other, the events that could not be counted
// included, one line each (csv.hpp).
class ComparisonCsv : public Report {
 public:
  explicit ComparisonCsv(std::vector<Comparison> points);
  void render(std::ostream& out) const override;

 private:
  std::vector<Comparison> points_;
};

}  // namespace countercheck
