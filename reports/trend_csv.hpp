#pragma once

#include "analysis/trend.hpp"
#include "reports/report.hpp"

namespace countercheck {

// Every point of every series, a line each; a marked change stands with the first point of the new level.
class TrendCsv : public Report {
 public:
  explicit TrendCsv(Trend trend);
  void render(std::ostream& out) const override;

 private:
  Trend trend_;
};

}  // namespace countercheck
