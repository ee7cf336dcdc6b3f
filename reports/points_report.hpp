#pragma once

#include <memory>
#include <vector>

#include "reports/report.hpp"

namespace countercheck {

// The reports of a scan's points, which have their own headings, below each other.
class PointsReport : public Report {
 public:
  explicit PointsReport(std::vector<std::unique_ptr<Report>> points);
  void render(std::ostream& out) const override;

 private:
  std::vector<std::unique_ptr<Report>> points_;
};

}  // namespace countercheck
