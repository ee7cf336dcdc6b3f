#include "reports/misses_markdown.hpp"

#include <utility>

#include "reports/markdown.hpp"
#include "reports/misses_sentences.hpp"
#include "reports/misses_tables.hpp"
#include "reports/text_width.hpp"

namespace countercheck {
namespace {

// Source keeps its blanks in a table as code; a bar would end the cell there too.
std::string source_cell(const std::string& text) {
  std::string safe;
  for (const char letter : printable(text)) {
    if (letter == '|') safe += '\\';
    safe += letter == '`' ? '\'' : letter;
  }
  return safe.find_first_not_of(' ') == std::string::npos ? "" : "`" + safe + "`";
}

void put_listing(std::ostream& out, const std::vector<ListingLine>& source, const MissSummary& summary) {
  std::vector<std::vector<std::string>> lines{listing_heads(summary)};
  lines.front().insert(lines.front().end(), {"line", "source"});
  for (const ListingLine& line : source) {
    lines.push_back(listing_numbers(line, summary));
    lines.back().push_back(std::to_string(line.number));
    lines.back().push_back(source_cell(line.text));
  }
  put_markdown_table(out, lines, {lines.front().size() - 1});
}

}  // namespace

MissesMarkdown::MissesMarkdown(MissSummary summary) : summary_(std::move(summary)) {}

void MissesMarkdown::render(std::ostream& out) const {
  out << "## Where the misses of '" << markdown_text(summary_.command) << "' are\n\n"
      << "**" << markdown_text(answer_sentence(summary_)) << "**\n";
  put_markdown_list(out, misses_context(summary_));
  for (const CaptionedTable& table : misses_tables(summary_)) {
    out << "\n### " << markdown_text(table.caption) << "\n\n";
    put_markdown_table(out, table.table);
  }
  for (const Listing& listing : summary_.listings) {
    for (const ListingPart& part : listing.parts) {
      out << "\n### " << markdown_text(listing_caption(listing, part)) << "\n\n";
      if (!part.trouble.empty()) out << markdown_text(part.trouble) << '\n';
      if (!part.lines.empty()) put_listing(out, part.lines, summary_);
    }
    if (const std::string rest = listing_rest(listing); !rest.empty()) put_markdown_list(out, {rest});
  }
}

}  // namespace countercheck
