#include "reports/stat_text.hpp"

#include <algorithm>
#include <utility>

#include "reports/page.hpp"
#include "reports/palette.hpp"
#include "reports/stat_lines.hpp"

namespace countercheck {
namespace {

constexpr std::size_t kIndent = 4;  // of a line that is folded

// The widths perf gives its columns; a longer piece makes its column wider for the whole block.
struct Widths {
  std::size_t value = 18;
  std::size_t name = 25;
  std::size_t annotation = 0;
  std::size_t spread = 0;

  void fit(const StatLine& line) {
    value = std::max(value, display_width(line.value));
    name = std::max(name, display_width(line.name));
    for (const std::string& text : line.annotations) annotation = std::max(annotation, display_width(text));
    spread = std::max(spread, display_width(line.spread));
  }
};

std::string first_line(const StatLine& line, const Widths& widths, const Palette& palette) {
  std::string text = pad_left(line.value, widths.value) + " " + pad_right(line.name, widths.name);
  const std::string note = line.annotations.empty() ? "" : "# " + line.annotations.front();
  if (widths.annotation > 0) text += " " + pad_right(note, widths.annotation + 2);
  if (widths.spread > 0)
    text += "  " + std::string(widths.spread - display_width(line.spread), ' ') + palette.dim(line.spread);
  if (!line.marks.empty()) text += "  " + line.marks;
  return text;
}

// A second annotation stands below the first.
std::string next_line(const std::string& annotation, const Widths& widths) {
  return std::string(widths.value + 1 + widths.name, ' ') + " # " + annotation;
}

std::size_t width_of(const StatLine& line, const Widths& widths) {
  std::string text = first_line(line, widths, Palette(false));
  text.erase(text.find_last_not_of(' ') + 1);
  return display_width(text);
}

void put_folded(Page& page, const StatLine& line) {
  page.paragraph("  " + line.value + " " + line.name, 3);
  for (const std::string& annotation : line.annotations) {
    page.paragraph(std::string(kIndent, ' ') + "# " + annotation.substr(annotation.find_first_not_of(' ')),
                   kIndent + 2);
  }
  std::string rest = line.spread;
  if (!line.marks.empty()) rest += (rest.empty() ? "" : " ") + line.marks;
  if (!rest.empty()) page.paragraph(std::string(kIndent, ' ') + rest, kIndent);
}

void put_block(Page& page, const StatLines& lines, const Palette& palette) {
  Widths widths;
  for (const StatLine& line : lines.counts) widths.fit(line);
  Widths below;
  for (const StatLine& line : lines.totals) below.fit(line);
  below.value = widths.value;
  bool fits = true;
  for (const StatLine& line : lines.counts) fits = fits && width_of(line, widths) <= page.width();
  for (const StatLine& line : lines.totals) fits = fits && width_of(line, below) <= page.width();

  for (const StatLine& line : lines.counts) {
    if (!fits) {
      put_folded(page, line);
      continue;
    }
    page.line(first_line(line, widths, palette));
    for (std::size_t at = 1; at < line.annotations.size(); ++at) page.line(next_line(line.annotations[at], widths));
  }
  if (!lines.counts.empty() && !lines.totals.empty()) page.blank();
  for (const StatLine& line : lines.totals) {
    if (fits) {
      page.line(first_line(line, below, palette));
    } else {
      put_folded(page, line);
    }
  }
}

}  // namespace

StatText::StatText(std::vector<StatSummary> summaries, const ReportOptions& options)
    : summaries_(std::move(summaries)), options_(options) {}

void StatText::render(std::ostream& out) const {
  Page page(out, options_.width);
  const Palette palette(options_.colour);
  for (std::size_t at = 0; at < summaries_.size(); ++at) {
    if (at > 0) page.blank();
    for (const std::string& sentence : stat_heading(summaries_[at])) page.paragraph(" " + sentence, 2);
    page.blank();
    put_block(page, stat_lines(summaries_[at]), palette);
    const std::vector<std::string> footnotes = stat_footnotes(summaries_[at]);
    if (!footnotes.empty()) page.blank();
    for (const std::string& sentence : footnotes) {
      const bool loud = sentence.starts_with("WRONG RESULT");
      page.paragraph(" " + sentence, 2, [&](const std::string& text) { return loud ? palette.red(text) : text; });
    }
  }
}

}  // namespace countercheck
