#include "cli/columns.hpp"

#include <algorithm>
#include <ostream>

#include "reports/text_width.hpp"

namespace countercheck {

void print_columns(std::ostream& out, const std::vector<std::vector<std::string>>& rows, unsigned width) {
  constexpr std::size_t kGap = 2;
  constexpr std::size_t kLeastText = 24;
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size() - 1));
    for (std::size_t i = 0; i + 1 < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  std::size_t indent = 0;
  for (const auto column : widths) indent += column + kGap;
  const bool stacked = width < indent + kLeastText;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i + 1 < row.size(); ++i) {
      out << (stacked ? (i > 0 ? " " : "") + row[i] : pad_right(row[i], widths[i] + kGap));
    }
    if (stacked) out << '\n';
    const std::size_t before = stacked ? std::min<std::size_t>(2, width / 4) : indent;
    const auto lines = wrap(row.back(), std::max<std::size_t>(width - before, 1));
    for (std::size_t i = 0; i < lines.size(); ++i) {
      out << std::string(i > 0 || stacked ? before : 0, ' ') << lines[i] << '\n';
    }
  }
}

}  // namespace countercheck
