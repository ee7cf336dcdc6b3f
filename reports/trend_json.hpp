#pragma once

#include "analysis/trend.hpp"
#include "reports/report.hpp"

namespace countercheck {

// The whole of a trend: schema 1.
class TrendJson : public Report {
 public:
  explicit TrendJson(Trend trend);
  void render(std::ostream& out) const override;

 private:
  Trend trend_;
};

}  // namespace countercheck
