#include "reports/points_report.hpp"

#include <ostream>
#include <utility>

namespace countercheck {

PointsReport::PointsReport(std::vector<std::unique_ptr<Report>> points) : points_(std::move(points)) {}

void PointsReport::render(std::ostream& out) const {
  for (std::size_t point = 0; point < points_.size(); ++point) {
    if (point > 0) out << '\n';
    points_[point]->render(out);
  }
}

}  // namespace countercheck
