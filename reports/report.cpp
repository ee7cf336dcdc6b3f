#include "reports/report.hpp"

#include <utility>
#include <vector>

#include "analysis/comparison.hpp"
#include "analysis/stat_summary.hpp"
#include "experiment/points.hpp"
#include "reports/comparison_csv.hpp"
#include "reports/comparison_markdown.hpp"
#include "reports/comparison_text.hpp"
#include "reports/points_overview.hpp"
#include "reports/points_report.hpp"
#include "reports/stat_csv.hpp"
#include "reports/stat_markdown.hpp"
#include "reports/stat_text.hpp"

namespace countercheck {
namespace {

Per per(const ReportOptions& options) {
  return options.per_item ? Per::work_item : Per::sample;
}

std::unique_ptr<Report> point_report(Form form, Comparison comparison, const ReportOptions& options) {
  if (form == Form::markdown) return std::make_unique<ComparisonMarkdown>(std::move(comparison));
  return std::make_unique<ComparisonText>(std::move(comparison), options);
}

std::unique_ptr<Report> comparison_report(Form form, const Experiment& experiment, const ReportOptions& options) {
  std::vector<Comparison> points;
  for (const Experiment& point : split_by_parameters(experiment)) {
    points.push_back(compare_variants(point, per(options)));
  }
  if (form == Form::csv) return std::make_unique<ComparisonCsv>(std::move(points));
  auto overview = std::make_unique<PointsOverview>(form, points, options);
  std::vector<std::unique_ptr<Report>> reports;
  for (Comparison& point : points) reports.push_back(point_report(form, std::move(point), options));
  if (!overview->empty()) reports.push_back(std::move(overview));
  return std::make_unique<PointsReport>(std::move(reports));
}

std::unique_ptr<Report> stat_report(Form form, std::vector<StatSummary> summaries, const ReportOptions& options) {
  switch (form) {
    case Form::markdown:
      return std::make_unique<StatMarkdown>(std::move(summaries));
    case Form::csv:
      return std::make_unique<StatCsv>(std::move(summaries));
    case Form::text:
      break;
  }
  return std::make_unique<StatText>(std::move(summaries), options);
}

}  // namespace

std::string_view to_string(Form form) {
  switch (form) {
    case Form::markdown:
      return "markdown";
    case Form::csv:
      return "csv";
    case Form::text:
      break;
  }
  return "text";
}

std::optional<Form> form_from(std::string_view name) {
  if (name == "md") return Form::markdown;
  for (const Form form : {Form::text, Form::markdown, Form::csv}) {
    if (name == to_string(form)) return form;
  }
  return std::nullopt;
}

std::unique_ptr<Report> make_report(Form form, const Experiment& experiment, const ReportOptions& options) {
  if (experiment.kind == Kind::comparison) return comparison_report(form, experiment, options);
  std::vector<StatSummary> summaries;
  for (std::size_t variant = 0; variant < experiment.variants.size(); ++variant) {
    summaries.push_back(summarise(experiment, variant, per(options)));
  }
  return stat_report(form, std::move(summaries), options);
}

}  // namespace countercheck
