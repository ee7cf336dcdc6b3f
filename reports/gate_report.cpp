#include "reports/gate_report.hpp"

#include <utility>

#include "reports/gate_annotations.hpp"
#include "reports/gate_json.hpp"
#include "reports/gate_junit.hpp"
#include "reports/gate_markdown.hpp"
#include "reports/gate_text.hpp"

namespace countercheck {

std::unique_ptr<Report> make_gate_report(GateForm form, Gate gate, const ReportOptions& options) {
  switch (form) {
    case GateForm::markdown:
      return std::make_unique<GateMarkdown>(std::move(gate));
    case GateForm::json:
      return std::make_unique<GateJson>(std::move(gate));
    case GateForm::junit:
      return std::make_unique<GateJunit>(std::move(gate));
    case GateForm::annotations:
      return std::make_unique<GateAnnotations>(std::move(gate));
    case GateForm::text:
      break;
  }
  return std::make_unique<GateText>(std::move(gate), options);
}

}  // namespace countercheck
