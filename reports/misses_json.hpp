#pragma once

#include "analysis/miss_summary.hpp"
#include "reports/report.hpp"

namespace countercheck {

// Everything of the report as one object of JSON: numbers as they are, names as they are shown. What is not known has
// no key.
class MissesJson : public Report {
 public:
  explicit MissesJson(MissSummary summary);
  void render(std::ostream& out) const override;

 private:
  MissSummary summary_;
};

}  // namespace countercheck
