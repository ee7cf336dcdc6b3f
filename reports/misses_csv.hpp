#pragma once

#include "analysis/miss_summary.hpp"
#include "reports/report.hpp"

namespace countercheck {

// The rows of the three tables, what they leave over and the total, a line each; the misses of each level by fetches,
// loads and stores. A field that a row has not is empty.
class MissesCsv : public Report {
 public:
  explicit MissesCsv(MissSummary summary);
  void render(std::ostream& out) const override;

 private:
  MissSummary summary_;
};

}  // namespace countercheck
