#include "reports/markdown.hpp"

#include <algorithm>

#include "reports/text_width.hpp"

namespace countercheck {

std::string markdown_text(std::string_view text) {
  std::string safe;
  for (const char letter : printable(text)) {
    switch (letter) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '|':
      case '*':
      case '_':
      case '`':
      case '~':
      case '\\':
        safe += '\\';
        [[fallthrough]];
      default:
        safe += letter;
    }
  }
  return safe;
}

void put_markdown_table(std::ostream& out, const std::vector<std::vector<std::string>>& lines,
                        const std::vector<std::size_t>& left) {
  for (std::size_t at = 0; at < lines.size(); ++at) {
    for (const std::string& cell : lines[at]) out << "| " << cell << (cell.empty() ? "" : " ");
    out << "|\n";
    if (at > 0) continue;
    for (std::size_t column = 0; column < lines[at].size(); ++column) {
      out << (std::find(left.begin(), left.end(), column) != left.end() ? "|:---" : "|---:");
    }
    out << "|\n";
  }
}

void put_markdown_table(std::ostream& out, const NumberTable& table) {
  std::vector<std::vector<std::string>> lines{table.heads};
  lines.insert(lines.end(), table.rows.begin(), table.rows.end());
  for (auto& line : lines) {
    for (auto& cell : line) cell = markdown_text(cell);
  }
  put_markdown_table(out, lines, {table.heads.size() - 1});
}

void put_markdown_list(std::ostream& out, const std::vector<std::string>& sentences) {
  if (!sentences.empty()) out << '\n';
  for (const std::string& sentence : sentences) out << "- " << markdown_text(sentence) << '\n';
}

}  // namespace countercheck
