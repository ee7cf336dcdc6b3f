#pragma once

#include <vector>

#include "analysis/stat_summary.hpp"
#include "reports/report.hpp"

namespace countercheck {

// Every event of the block and every metric behind one, a line each, in the fields of csv.hpp.
class StatCsv : public Report {
 public:
  explicit StatCsv(std::vector<StatSummary> summaries);
  void render(std::ostream& out) const override;

 private:
  std::vector<StatSummary> summaries_;
};

}  // namespace countercheck
