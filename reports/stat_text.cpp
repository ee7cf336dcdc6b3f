#include "reports/stat_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "reports/page.hpp"
#include "reports/palette.hpp"
#include "reports/process_lines.hpp"
#include "reports/stat_lines.hpp"

namespace countercheck {
namespace {

constexpr std::size_t kIndent = 4;     // of a line that is folded
constexpr std::size_t kShortMark = 8;  // "[s] [12]"

// How wide the columns of a block are: as wide as perf makes them, as narrow as what they hold, or narrower still by
// the brackets of the spreads.
enum class Fit { perf, narrow, tight };

struct Layout {
  std::size_t value = 18;
  std::size_t name = 25;
  std::size_t annotation = 0;
  std::size_t spread = 0;
  std::size_t marks = 0;    // the short ones, with the gap before them, of lines that have more than their name
  std::size_t gap = 2;      // before the spread
  std::size_t indent = 1;   // before the longest value
  std::size_t leading = 0;  // spaces that all annotations begin with and none needs
  bool short_spread = false;

  Layout(const std::vector<StatLine>& lines, Fit fit) : short_spread(fit == Fit::tight) {
    if (fit != Fit::perf) {
      value = name = 0;
      indent = fit == Fit::tight ? 0 : 1;
      gap = fit == Fit::tight ? 1 : 2;
      leading = shared_indent(lines);
    }
    for (const StatLine& line : lines) {
      value = std::max(value, display_width(line.value) + indent);
      name = std::max(name, display_width(line.name));
      for (const std::string& text : line.annotations) annotation = std::max(annotation, display_width(text) - leading);
      spread = std::max(spread, display_width(spread_of(line)));
      if (!is_bare(line)) marks = std::max(marks, room_for_marks(line));
    }
  }

  static bool is_bare(const StatLine& line) { return line.annotations.empty() && line.spread.empty(); }

  // A mark of words may stand below its line; a short one would look lost there.
  static std::size_t room_for_marks(const StatLine& line) {
    const std::size_t width = display_width(line.marks);
    return width > 0 && width <= kShortMark ? width + 2 : 0;
  }

  // "( ± 0.12% )", without its brackets and spaces where room is short.
  std::string spread_of(const StatLine& line) const {
    if (!short_spread) return line.spread;
    std::string text;
    for (const char letter : line.spread) {
      if (letter != ' ' && letter != '(' && letter != ')') text += letter;
    }
    return text;
  }

  static std::size_t shared_indent(const std::vector<StatLine>& lines) {
    std::size_t least = std::string::npos;
    for (const StatLine& line : lines) {
      for (const std::string& text : line.annotations) least = std::min(least, text.find_first_not_of(' '));
    }
    return least == std::string::npos ? 0 : least;
  }

  std::string note(const std::string& annotation_text) const { return "# " + annotation_text.substr(leading); }

  std::size_t behind_name() const { return value + 1 + name + 1; }

  std::size_t width() const {
    const std::size_t notes = annotation > 0 ? annotation + 2 : 0;
    return std::max(behind_name() - 1, behind_name() + notes + (spread > 0 ? spread + gap : 0));
  }
};

void put_line(Page& page, const StatLine& line, const Layout& layout, const Palette& palette) {
  std::string text = pad_left(line.value, layout.value) + " " + pad_right(line.name, layout.name) + " ";
  std::size_t used = layout.behind_name();
  const bool bare = Layout::is_bare(line);
  if (!bare && layout.annotation > 0) {
    text += pad_right(line.annotations.empty() ? "" : layout.note(line.annotations.front()), layout.annotation + 2);
    used += layout.annotation + 2;
  }
  if (!bare && layout.spread > 0) {
    const std::string spread = layout.spread_of(line);
    text += std::string(layout.gap + layout.spread - display_width(spread), ' ') + palette.dim(spread);
    used += layout.gap + layout.spread;
  }
  const std::string marks = (bare ? "" : "  ") + line.marks;
  const bool beside = line.marks.empty() || used + display_width(marks) <= page.width();
  page.line(beside ? text + marks : text);
  const std::string indent(layout.behind_name(), ' ');
  for (std::size_t at = 1; at < line.annotations.size(); ++at) page.line(indent + layout.note(line.annotations[at]));
  if (!beside) page.paragraph(indent + line.marks, indent.size());
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

// The totals have no annotations and are laid out by themselves, under the same column of values. Returns false where
// the block is too wide so, with its marks or without.
bool put_fitted(Page& page, const StatLines& lines, Fit fit, bool with_marks, const Palette& palette) {
  Layout counts(lines.counts, fit);
  Layout totals(lines.totals, fit);
  counts.value = totals.value = std::max(totals.value, counts.value);
  if (std::max(counts.width() + (with_marks ? counts.marks : 0), totals.width()) > page.width()) return false;
  for (const StatLine& line : lines.counts) put_line(page, line, counts, palette);
  if (!lines.counts.empty() && !lines.totals.empty()) page.blank();
  for (const StatLine& line : lines.totals) put_line(page, line, totals, palette);
  return true;
}

// Narrower columns are better than marks on lines of their own.
void put_block(Page& page, const StatLines& lines, const Palette& palette) {
  for (const bool with_marks : {true, false}) {
    for (const Fit fit : {Fit::perf, Fit::narrow, Fit::tight}) {
      if (put_fitted(page, lines, fit, with_marks, palette)) return;
    }
  }
  for (const StatLine& line : lines.counts) put_folded(page, line);
  if (!lines.counts.empty() && !lines.totals.empty()) page.blank();
  for (const StatLine& line : lines.totals) put_folded(page, line);
}

constexpr const char* kInstructions = "instructions";
constexpr const char* kMisses = "last-level misses";

// Where a line does not fit, the names of its numbers stand with them.
void put_processes(Page& page, const std::vector<ProcessLine>& lines) {
  std::size_t first = display_width(kInstructions);
  std::size_t second = display_width(kMisses);
  std::size_t names = 0;
  for (const ProcessLine& line : lines) {
    first = std::max(first, display_width(line.instructions));
    second = std::max(second, display_width(line.last_level_misses));
    names = std::max(names, display_width(printable(line.name)) + (line.is_thread ? 2 : 0));
  }
  const bool folded = first + second + names + 5 > page.width();
  page.paragraph(" simulated, by process:", 2);
  if (!folded) page.line(" " + pad_left(kInstructions, first) + "  " + pad_left(kMisses, second));
  for (const ProcessLine& line : lines) {
    const std::string name = (line.is_thread ? "  " : "") + printable(line.name);
    if (folded) {
      page.paragraph(
          fmt::format(" {}: {} {}, {} {}", name, line.instructions, kInstructions, line.last_level_misses, kMisses), 4);
    } else {
      page.line(" " + pad_left(line.instructions, first) + "  " + pad_left(line.last_level_misses, second) + "  " +
                name);
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
    if (const auto processes = process_lines(summaries_[at].processes); !processes.empty()) {
      page.blank();
      put_processes(page, processes);
    }
    const std::vector<std::string> footnotes = stat_footnotes(summaries_[at]);
    if (!footnotes.empty()) page.blank();
    for (const std::string& sentence : footnotes) {
      const bool loud = sentence.starts_with("WRONG RESULT");
      page.paragraph(" " + sentence, 2, [&](const std::string& text) { return loud ? palette.red(text) : text; });
    }
  }
}

}  // namespace countercheck
