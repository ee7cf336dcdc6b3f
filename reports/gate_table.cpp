#include "reports/gate_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/cell_text.hpp"
#include "reports/gate_sentences.hpp"
#include "reports/sentences.hpp"
#include "reports/text_width.hpp"

namespace countercheck {
namespace {

constexpr const char* kGap = "  ";

using Lines = std::vector<std::vector<std::string>>;

std::string behind(const CellText& cell) {
  if (cell.spread.empty() || cell.marks.empty()) return cell.spread + cell.marks;
  return cell.spread + " " + cell.marks;
}

// Head and rows as columns of text. The name and the verdict stand to the left, the numbers to the right.
Lines columns_of(const Gate& gate, const std::vector<GateLine>& lines, bool spreads) {
  Lines table = {{"", "", "baseline", "", "candidate", "", kQuotientHead, interval_head(gate), "verdict"}};
  for (const GateLine& line : lines) {
    table.push_back({line.name, line.mark ? std::string(1, line.mark) : "", line.baseline,
                     spreads ? line.baseline_spread : "", line.candidate, spreads ? line.candidate_spread : "",
                     line.quotient, line.interval, line.verdict});
  }
  return table;
}

std::vector<std::size_t> widths_of(const Lines& table) {
  std::vector<std::size_t> widths(table.front().size(), 0);
  for (const auto& row : table) {
    for (std::size_t at = 0; at < row.size(); ++at) widths[at] = std::max(widths[at], display_width(row[at]));
  }
  return widths;
}

bool to_the_left(std::size_t column, std::size_t columns) {
  return column < 2 || column == 3 || column == 5 || column + 1 == columns;
}

std::string joined(const std::vector<std::string>& row, const std::vector<std::size_t>& widths) {
  std::string text;
  for (std::size_t at = 0; at < row.size(); ++at) {
    if (widths[at] == 0) continue;
    // A spread and a mark stand close to what they belong to.
    text += at == 0 ? "" : at == 3 || at == 5 ? " " : kGap;
    text += to_the_left(at, row.size()) ? pad_right(row[at], widths[at]) : pad_left(row[at], widths[at]);
  }
  text.erase(text.find_last_not_of(' ') + 1);  // before it is painted
  return text;
}

void put_folded(Page& page, const GateLine& line, const Palette& palette) {
  const auto paint = [&](const std::string& text) { return line.loud ? palette.red(text) : text; };
  page.paragraph(fmt::format("{}: {}", line.name, line.verdict), 2, paint);
  const std::string between = line.interval.empty() ? "" : ", " + line.interval;
  page.paragraph(fmt::format("  {} -> {}, {}{}", line.baseline, line.candidate, line.quotient, between), 4);
}

}  // namespace

std::vector<GateLine> gate_lines(const Gate& gate, const GateMatch& match) {
  std::vector<GateLine> lines;
  for (const GateRow& row : match.rows) {
    const Row& shown = match.comparison.rows[row.row];
    const auto cells = cell_texts(match.comparison, shown);
    const CellText& baseline = cells[match.comparison.baseline];
    const CellText& candidate = cells[match.candidate];
    lines.push_back({.name = printable(shown.name),
                     .mark = shown.source ? mark_of(*shown.source) : '\0',
                     .baseline = baseline.value,
                     .baseline_spread = behind(baseline),
                     .candidate = candidate.value,
                     .candidate_spread = behind(candidate),
                     .quotient = shown_quotient(row.judged),
                     .interval = shown_interval(row.judged),
                     .verdict = shown_verdict(gate, row),
                     .loud = row.decides && row.judged.verdict == Verdict::worse});
  }
  return lines;
}

std::string interval_head(const Gate& gate) {
  return fmt::format("{:g} % together", 100 * gate.terms.confidence);
}

bool put_gate_table(Page& page, const Gate& gate, const GateMatch& match, const Palette& palette) {
  const auto lines = gate_lines(gate, match);
  for (const bool spreads : {true, false}) {
    const Lines table = columns_of(gate, lines, spreads);
    const auto widths = widths_of(table);
    const auto fits = [&](const auto& row) { return display_width(joined(row, widths)) <= page.width(); };
    if (lines.empty() || !std::all_of(table.begin(), table.end(), fits)) continue;
    page.line(joined(table.front(), widths));
    for (std::size_t at = 0; at < lines.size(); ++at) {
      const std::string text = joined(table[at + 1], widths);
      page.line(lines[at].loud ? palette.red(text) : text);
    }
    return spreads;
  }
  for (const GateLine& line : lines) put_folded(page, line, palette);
  return false;
}

}  // namespace countercheck
