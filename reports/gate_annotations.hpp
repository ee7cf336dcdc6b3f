#pragma once

#include <utility>

#include "analysis/gate.hpp"
#include "reports/report.hpp"

namespace countercheck {

// The gate as commands of a GitHub workflow, which show it at the top of the run.
class GateAnnotations : public Report {
 public:
  explicit GateAnnotations(Gate gate) : gate_(std::move(gate)) {}
  void render(std::ostream& out) const override;

 private:
  Gate gate_;
};

}  // namespace countercheck
