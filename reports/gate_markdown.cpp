#include "reports/gate_markdown.hpp"

#include <ostream>

#include "reports/gate_sentences.hpp"
#include "reports/gate_table.hpp"
#include "reports/markdown.hpp"
#include "reports/sentences.hpp"

namespace countercheck {
namespace {

std::string with_spread(const std::string& value, const std::string& spread) {
  return markdown_text(spread.empty() ? value : value + " " + spread);
}

void put_table(std::ostream& out, const Gate& gate, const GateMatch& match) {
  std::vector<std::vector<std::string>> table = {
      {"", "counted by", "baseline", "candidate", kQuotientHead, interval_head(gate), "verdict"}};
  const auto lines = gate_lines(gate, match);
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const GateLine& line = lines[at];
    const auto& source = match.comparison.rows[match.rows[at].row].source;
    table.push_back({markdown_text(line.name), source ? std::string(to_string(*source)) : "",
                     with_spread(line.baseline, line.baseline_spread),
                     with_spread(line.candidate, line.candidate_spread), line.quotient, line.interval,
                     line.loud ? "**" + markdown_text(line.verdict) + "**" : markdown_text(line.verdict)});
  }
  if (lines.empty()) return;
  out << '\n';
  put_markdown_table(out, table, {0, 1, 6});
}

}  // namespace

void GateMarkdown::render(std::ostream& out) const {
  out << "### countercheck: " << markdown_text(answer_sentence(gate_)) << '\n';
  put_markdown_list(out, gate_heading(gate_));
  for (const GateMatch& match : gate_.matches) {
    if (!match.name.empty()) out << "\n#### " << markdown_text(match.name) << '\n';
    put_table(out, gate_, match);
    put_markdown_list(out, expectation_sentences(match));
    put_markdown_list(out, match_sentences(gate_, match, true));
  }
}

}  // namespace countercheck
