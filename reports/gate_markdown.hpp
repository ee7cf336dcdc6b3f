#pragma once

#include <utility>

#include "analysis/gate.hpp"
#include "reports/report.hpp"

namespace countercheck {

// The gate in the Markdown of a comment on a pull request: the same as on the terminal.
class GateMarkdown : public Report {
 public:
  explicit GateMarkdown(Gate gate) : gate_(std::move(gate)) {}
  void render(std::ostream& out) const override;

 private:
  Gate gate_;
};

}  // namespace countercheck
