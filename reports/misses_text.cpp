#include "reports/misses_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "reports/misses_sentences.hpp"
#include "reports/misses_tables.hpp"
#include "reports/palette.hpp"

namespace countercheck {
namespace {

constexpr std::size_t kLeastSource = 28;  // columns; with less, the counts go below their line

// A line of source without blanks at its end, its tabs as blanks up to the next multiple of eight.
std::string source_of(const ListingLine& line) {
  std::string text;
  for (const char letter : line.text) {
    const std::size_t blanks = letter == '\t' ? 8 - text.size() % 8 : 0;
    text += blanks > 0 ? std::string(blanks, ' ') : std::string(1, letter);
  }
  text = printable(text);
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

// Blanks that all lines begin with.
std::size_t shared_indent(const std::vector<ListingLine>& lines) {
  std::size_t least = std::string::npos;
  for (const ListingLine& line : lines) least = std::min(least, source_of(line).find_first_not_of(' '));
  return least == std::string::npos ? 0 : least;
}

void put_beside(Page& page, const std::vector<std::string>& numbers, const std::vector<std::size_t>& widths,
                const std::string& behind) {
  std::string text = " ";
  for (std::size_t at = 0; at < widths.size(); ++at) text += pad_left(numbers[at], widths[at]) + "  ";
  page.line(text + cut(behind, page.width() - display_width(text)));
}

void put_below(Page& page, const std::vector<std::string>& heads, const std::vector<std::string>& numbers,
               const std::string& behind) {
  page.line(cut(behind, page.width()));
  std::string text;
  for (std::size_t at = 0; at < heads.size(); ++at) {
    if (!numbers[at].empty() && numbers[at] != ".")
      text += (text.empty() ? "      " : ", ") + heads[at] + " " + numbers[at];
  }
  if (!text.empty()) page.paragraph(text, 6);
}

void put_lines(Page& page, const std::vector<ListingLine>& lines, const MissSummary& summary) {
  const auto heads = listing_heads(summary);
  std::vector<std::size_t> widths;
  for (const auto& head : heads) widths.push_back(display_width(head));
  for (const ListingLine& line : lines) {
    const auto numbers = listing_numbers(line, summary);
    for (std::size_t at = 0; at < widths.size(); ++at) widths[at] = std::max(widths[at], display_width(numbers[at]));
  }
  std::size_t beside = 1 + kLeastSource;
  for (const std::size_t width : widths) beside += width + 2;
  const std::size_t digits = fmt::formatted_size("{}", lines.back().number);
  const std::size_t indent = shared_indent(lines);
  const bool fits = beside + digits + 2 <= page.width();
  if (fits) put_beside(page, heads, widths, "");
  unsigned last = lines.front().number - 1;
  for (const ListingLine& line : lines) {
    if (line.number != last + 1) page.line(" ...");
    last = line.number;
    const std::string source = source_of(line);
    const std::string behind =
        fmt::format("{:>{}}  {}", line.number, digits, source.substr(std::min(indent, source.size())));
    if (fits) {
      put_beside(page, listing_numbers(line, summary), widths, behind);
    } else {
      put_below(page, heads, listing_numbers(line, summary), " " + behind);
    }
  }
}

}  // namespace

MissesText::MissesText(MissSummary summary, const ReportOptions& options)
    : summary_(std::move(summary)), options_(options) {}

void MissesText::render(std::ostream& out) const {
  Page page(out, options_.width);
  const Palette palette(options_.colour);
  const auto bold = [&](const std::string& text) { return palette.bold(text); };
  page.paragraph(" " + answer_sentence(summary_), 2, bold);
  page.blank();
  page.paragraph(fmt::format(" Where the misses of '{}' are", summary_.command), 2);
  for (const std::string& sentence : misses_context(summary_)) page.paragraph(" " + sentence, 2);
  for (const CaptionedTable& table : misses_tables(summary_)) {
    page.blank();
    page.paragraph(" " + table.caption, 2, bold);
    put_number_table(page, table.table);
  }
  for (const Listing& listing : summary_.listings) {
    for (const ListingPart& part : listing.parts) {
      page.blank();
      page.paragraph(" " + listing_caption(listing, part), 2, bold);
      if (!part.trouble.empty()) page.paragraph(" " + part.trouble, 2);
      if (!part.lines.empty()) put_lines(page, part.lines, summary_);
    }
    if (const std::string rest = listing_rest(listing); !rest.empty()) page.section({" " + rest});
  }
}

}  // namespace countercheck
