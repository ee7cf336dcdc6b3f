#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "analysis/comparison.hpp"
#include "reports/cell_text.hpp"
#include "reports/report.hpp"

namespace countercheck {

// What a scan was made for, in one table: the time of every variant at every point, or, where there is no time, the
// first of the events. For text and Markdown; empty where there are no two points with a value.
class PointsOverview : public Report {
 public:
  PointsOverview(Form form, const std::vector<Comparison>& points, const ReportOptions& options);
  void render(std::ostream& out) const override;
  bool empty() const { return lines_.size() < 2; }

 private:
  struct Line {
    std::string point{};
    std::vector<CellText> cells{};  // one for each of the variants; empty where it was not at this point
  };

  Form form_;
  ReportOptions options_;
  std::string row_{};  // "time"
  std::vector<std::string> variants_{};
  std::vector<Line> lines_{};
};

}  // namespace countercheck
