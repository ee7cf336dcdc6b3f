#include "reports/comparison_text.hpp"

#include <fmt/format.h>

#include <utility>

#include "experiment/points.hpp"
#include "reports/comparison_sentences.hpp"
#include "reports/comparison_table.hpp"
#include "reports/expectation_sentences.hpp"
#include "reports/factor_bars.hpp"
#include "reports/inference_sentences.hpp"
#include "reports/page.hpp"
#include "reports/palette.hpp"
#include "reports/simulation_sentences.hpp"
#include "reports/verdict_table.hpp"

namespace countercheck {

ComparisonText::ComparisonText(Comparison comparison, const ReportOptions& options)
    : comparison_(std::move(comparison)), options_(options) {}

void ComparisonText::render(std::ostream& out) const {
  Page page(out, options_.width);
  const Palette palette(options_.colour);
  const auto loud = [&](const std::string& text) { return palette.red(text); };

  if (!comparison_.parameters.empty()) {
    page.paragraph(fmt::format("=== {} ===", parameters_text(comparison_.parameters)), 4,
                   [&](const std::string& text) { return palette.bold(text); });
  }
  for (const std::string& sentence : heading_sentences(comparison_)) page.paragraph(sentence);
  for (const std::string& sentence : digest_sentences(comparison_)) page.paragraph(sentence);
  for (const std::string& sentence : failure_sentences(comparison_)) page.paragraph(sentence);
  for (const std::string& sentence : wrong_result_sentences(comparison_)) page.paragraph(sentence, 2, loud);

  if (!comparison_.rows.empty()) page.blank();
  const bool judged = put_table(page, comparison_, palette);
  page.section(legend_sentences(comparison_));
  if (const std::string sources = source_legend(comparison_); !sources.empty()) page.paragraph(sources);
  for (const std::string& sentence : simulation_sentences(comparison_)) page.paragraph(sentence);
  page.section(footnote_sentences(comparison_));
  page.section(uncounted_sentences(comparison_));
  page.section(comparison_.notes);
  if (judged) {
    page.section({verdict_heading(comparison_)});
  } else {
    put_verdicts(page, comparison_);
  }
  for (const std::string& sentence : inference_sentences(comparison_)) page.paragraph(sentence);
  put_ranking(page, comparison_, palette);
  page.section(verdict_sentences(comparison_));
  put_factors(page, comparison_, options_.utf8);
  if (!comparison_.expectations.empty()) {
    page.blank();
    page.line("expected");
    for (const std::string& sentence : expectation_sentences(comparison_.expectations)) {
      page.paragraph("  " + sentence, 4);
    }
  }
}

}  // namespace countercheck
