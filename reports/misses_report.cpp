#include "reports/misses_report.hpp"

#include <utility>

#include "reports/misses_csv.hpp"
#include "reports/misses_json.hpp"
#include "reports/misses_markdown.hpp"
#include "reports/misses_text.hpp"

namespace countercheck {

std::unique_ptr<Report> make_misses_report(MissesForm form, MissSummary summary, const ReportOptions& options) {
  switch (form) {
    case MissesForm::markdown:
      return std::make_unique<MissesMarkdown>(std::move(summary));
    case MissesForm::csv:
      return std::make_unique<MissesCsv>(std::move(summary));
    case MissesForm::json:
      return std::make_unique<MissesJson>(std::move(summary));
    case MissesForm::text:
      break;
  }
  return std::make_unique<MissesText>(std::move(summary), options);
}

}  // namespace countercheck
