#include "reports/trend_report.hpp"

#include <ostream>
#include <utility>

#include "reports/markdown.hpp"
#include "reports/palette.hpp"
#include "reports/trend_csv.hpp"
#include "reports/trend_json.hpp"
#include "reports/trend_tables.hpp"

namespace countercheck {
namespace {

// Series are shown under what they were measured of.
std::vector<std::pair<std::string, Trend>> by_problem(const Trend& trend) {
  std::vector<std::pair<std::string, Trend>> parts;
  for (const TrendSeries& series : trend.series) {
    const std::string counted = series.region ? "the marked region" : "the whole process";
    const std::string caption = series.problem.empty() ? counted : series.problem + "; " + counted;
    if (parts.empty() || parts.back().first != caption) {
      parts.emplace_back(caption, trend);
      parts.back().second.series.clear();
    }
    parts.back().second.series.push_back(series);
  }
  return parts;
}

class TrendText : public Report {
 public:
  TrendText(Trend trend, const ReportOptions& options) : trend_(std::move(trend)), options_(options) {}

  void render(std::ostream& out) const override {
    Page page(out, options_.width);
    const Palette palette(options_.colour);
    page.paragraph(trend_heading(trend_), 2, [&](const std::string& text) { return palette.bold(text); });
    for (const auto& [caption, part] : by_problem(trend_)) {
      page.paragraph(caption);
      page.blank();
      put_number_table(page, trend_table(part));
    }
    if (trend_.series.size() == 1) {
      page.blank();
      put_number_table(page, trend_points(trend_.series.front()));
    }
    page.section(trend_changes(trend_));
    page.section(trend_notes(trend_));
  }

 private:
  Trend trend_;
  ReportOptions options_;
};

class TrendMarkdown : public Report {
 public:
  explicit TrendMarkdown(Trend trend) : trend_(std::move(trend)) {}

  void render(std::ostream& out) const override {
    out << "## " << markdown_text(trend_heading(trend_)) << '\n';
    for (const auto& [caption, part] : by_problem(trend_)) {
      out << '\n' << markdown_text(caption) << "\n\n";
      put_table(out, trend_table(part));
    }
    if (trend_.series.size() == 1) {
      out << '\n';
      put_table(out, trend_points(trend_.series.front()));
    }
    put_markdown_list(out, trend_changes(trend_));
    put_markdown_list(out, trend_notes(trend_));
  }

 private:
  static void put_table(std::ostream& out, const NumberTable& table) {
    std::vector<std::vector<std::string>> lines{table.heads};
    lines.insert(lines.end(), table.rows.begin(), table.rows.end());
    for (auto& line : lines) {
      for (auto& cell : line) cell = markdown_text(cell);
    }
    put_markdown_table(out, lines, {table.heads.size() - 1});
  }

  Trend trend_;
};

}  // namespace

std::unique_ptr<Report> make_trend_report(TrendForm form, Trend trend, const ReportOptions& options) {
  switch (form) {
    case TrendForm::markdown:
      return std::make_unique<TrendMarkdown>(std::move(trend));
    case TrendForm::csv:
      return std::make_unique<TrendCsv>(std::move(trend));
    case TrendForm::json:
      return std::make_unique<TrendJson>(std::move(trend));
    case TrendForm::text:
      break;
  }
  return std::make_unique<TrendText>(std::move(trend), options);
}

}  // namespace countercheck
