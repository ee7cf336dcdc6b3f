#pragma once

#include <utility>

#include "analysis/gate.hpp"
#include "reports/report.hpp"

namespace countercheck {

// The gate as JUnit XML, which Jenkins and GitLab show beside the tests.
class GateJunit : public Report {
 public:
  explicit GateJunit(Gate gate) : gate_(std::move(gate)) {}
  void render(std::ostream& out) const override;

 private:
  Gate gate_;
};

}  // namespace countercheck
