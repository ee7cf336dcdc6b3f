#pragma once

#include <utility>

#include "analysis/gate.hpp"
#include "reports/report.hpp"

namespace countercheck {

// The gate as JSON, every figure in full.
class GateJson : public Report {
 public:
  explicit GateJson(Gate gate) : gate_(std::move(gate)) {}
  void render(std::ostream& out) const override;

 private:
  Gate gate_;
};

}  // namespace countercheck
