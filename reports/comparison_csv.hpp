#pragma once

#include "analysis/comparison.hpp"
#include "reports/report.hpp"

namespace countercheck {

// Every cell of a comparison, the events that could not be counted included, one line each (csv.hpp).
class ComparisonCsv : public Report {
 public:
  explicit ComparisonCsv(Comparison comparison);
  void render(std::ostream& out) const override;

 private:
  Comparison comparison_;
};

}  // namespace countercheck
