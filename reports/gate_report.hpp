#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "analysis/gate.hpp"
#include "reports/report.hpp"

namespace countercheck {

enum class GateForm {
  text,
  markdown,     // for a pull request
  json,         // every figure
  junit,        // XML as Jenkins and GitLab read it
  annotations,  // commands of GitHub's workflows
};

std::unique_ptr<Report> make_gate_report(GateForm form, Gate gate, const ReportOptions& options = {});

}  // namespace countercheck
