#pragma once

#include <utility>

#include "analysis/gate.hpp"
#include "reports/report.hpp"

namespace countercheck {

// The gate on a terminal: the answer, the table of events, and what must be known of it.
class GateText : public Report {
 public:
  GateText(Gate gate, const ReportOptions& options) : gate_(std::move(gate)), options_(options) {}
  void render(std::ostream& out) const override;

 private:
  Gate gate_;
  ReportOptions options_;
};

}  // namespace countercheck
