#include "reports/comparison_markdown.hpp"

#include <utility>

#include "experiment/points.hpp"
#include "reports/cell_text.hpp"
#include "reports/comparison_sentences.hpp"
#include "reports/expectation_sentences.hpp"
#include "reports/factor_sentences.hpp"
#include "reports/inference_sentences.hpp"
#include "reports/markdown.hpp"
#include "reports/simulation_sentences.hpp"
#include "reports/verdict_text.hpp"

namespace countercheck {
namespace {

using Lines = std::vector<std::vector<std::string>>;

// "10.90 G ±0.1%, 0.90x [1]"
std::string cell_in_markdown(const CellText& cell) {
  std::string text = cell.value;
  if (!cell.spread.empty()) text += " " + cell.spread;
  if (!cell.ratio.empty()) text += ", " + cell.ratio;
  if (!cell.marks.empty()) text += " " + cell.marks;
  return markdown_text(text);
}

Lines table_lines(const Comparison& comparison) {
  Lines lines{{"", "counted by"}};
  for (const Column& column : comparison.columns) {
    if (column.again) continue;
    lines.front().push_back(markdown_text(column.name) + (column.excluded ? std::string(" ") + wrong_mark : ""));
  }
  for (const Row& row : comparison.rows) {
    std::vector<std::string> line{(row.under.empty() ? "" : "&emsp;") + markdown_text(row.name),
                                  row.source ? std::string(to_string(*row.source)) : ""};
    const std::vector<CellText> cells = cell_texts(comparison, row);
    for (std::size_t variant = 0; variant < cells.size(); ++variant) {
      if (!comparison.columns[variant].again) line.push_back(cell_in_markdown(cells[variant]));
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

Lines verdict_lines(const Comparison& comparison) {
  Lines lines{{"", "variant", "ratio", "interval", "verdict"}};
  for (const Row& row : comparison.rows) {
    if (!row.event) continue;
    for (const Judged& judged : comparison.inference.judged) {
      const Column& column = comparison.columns[judged.variant];
      if (judged.event != *row.event || !is_compared(judged) || column.again) continue;
      const VerdictText text = verdict_text(judged, comparison.inference);
      lines.push_back({markdown_text(row.name), markdown_text(column.name), text.ratio, markdown_text(text.interval),
                       text.verdict});
    }
  }
  return lines;
}

Lines ranking_lines(const Comparison& comparison) {
  Lines lines{{"function", "time", "ratio", "the book's scheme"}};
  const std::vector<CellText> texts = ranking_texts(comparison);
  for (std::size_t at = 0; at < texts.size(); ++at) {
    const Column& column = comparison.columns[comparison.ranking[at].variant];
    const CellText& cell = texts[at];
    const std::string ratio = cell.ratio + (cell.marks.empty() ? "" : " " + cell.marks);
    lines.push_back({markdown_text(column.name),
                     markdown_text(cell.value + (cell.spread.empty() ? "" : " ") + cell.spread), markdown_text(ratio),
                     markdown_text(column.scheme)});
  }
  return lines;
}

}  // namespace

ComparisonMarkdown::ComparisonMarkdown(Comparison comparison) : comparison_(std::move(comparison)) {}

void ComparisonMarkdown::render(std::ostream& out) const {
  std::string heading = comparison_.title.empty() ? "comparison" : comparison_.title;
  if (!comparison_.parameters.empty()) heading += ", " + parameters_text(comparison_.parameters);
  out << "## " << markdown_text(heading) << '\n';
  put_markdown_list(out, heading_sentences(comparison_));
  for (const auto& sentences : {digest_sentences(comparison_), failure_sentences(comparison_)}) {
    for (const std::string& sentence : sentences) out << "- " << markdown_text(sentence) << '\n';
  }
  for (const std::string& sentence : wrong_result_sentences(comparison_)) {
    out << "- **" << markdown_text(sentence) << "**\n";
  }
  if (!comparison_.rows.empty()) {
    out << '\n';
    put_markdown_table(out, table_lines(comparison_));
  }
  put_markdown_list(out, legend_sentences(comparison_));
  put_markdown_list(out, simulation_sentences(comparison_));
  put_markdown_list(out, footnote_sentences(comparison_));
  put_markdown_list(out, uncounted_sentences(comparison_));
  put_markdown_list(out, comparison_.notes);
  if (has_verdicts(comparison_)) {
    put_markdown_list(out, {verdict_heading(comparison_)});
    out << '\n';
    put_markdown_table(out, verdict_lines(comparison_), {0, 1, 4});
    put_markdown_list(out, inference_sentences(comparison_));
  }
  if (comparison_.ranking.size() > 1) {
    out << '\n';
    put_markdown_table(out, ranking_lines(comparison_), {0, 3});
  }
  put_markdown_list(out, verdict_sentences(comparison_));
  put_markdown_list(out, factor_sentences(comparison_));
  put_markdown_list(out, factor_legend(comparison_));
  if (!comparison_.expectations.empty()) out << "\n### Expected\n";
  put_markdown_list(out, expectation_sentences(comparison_.expectations));
}

}  // namespace countercheck
