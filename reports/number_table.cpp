#include "reports/number_table.hpp"

#include <algorithm>

namespace countercheck {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kLeastName = 16;

void put_aligned(Page& page, const std::vector<std::string>& row, const std::vector<std::size_t>& widths) {
  std::string numbers = " ";
  for (std::size_t at = 0; at < widths.size(); ++at) {
    numbers += pad_left(row[at], widths[at]) + std::string(kGap, ' ');
  }
  const std::size_t indent = display_width(numbers);
  const auto names = wrap(printable(row.back()), page.width() - indent, 2);
  page.line(numbers + names.front());
  for (std::size_t at = 1; at < names.size(); ++at) page.line(std::string(indent, ' ') + names[at]);
}

void put_folded(Page& page, const std::vector<std::string>& heads, const std::vector<std::string>& row) {
  page.paragraph(" " + row.back(), 3);
  std::string numbers;
  for (std::size_t at = 0; at + 1 < row.size(); ++at) {
    if (!row[at].empty()) numbers += (numbers.empty() ? "   " : ", ") + heads[at] + " " + row[at];
  }
  page.paragraph(numbers, 3);
}

}  // namespace

void put_number_table(Page& page, const NumberTable& table) {
  std::vector<std::size_t> widths;
  std::size_t all = 1 + kLeastName;
  for (std::size_t at = 0; at + 1 < table.heads.size(); ++at) {
    std::size_t width = display_width(table.heads[at]);
    for (const auto& row : table.rows) width = std::max(width, display_width(row[at]));
    widths.push_back(width);
    all += width + kGap;
  }
  if (all > page.width()) {
    for (const auto& row : table.rows) put_folded(page, table.heads, row);
    return;
  }
  put_aligned(page, table.heads, widths);
  for (const auto& row : table.rows) put_aligned(page, row, widths);
}

}  // namespace countercheck
