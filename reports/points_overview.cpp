#include "reports/points_overview.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "experiment/points.hpp"
#include "reports/aligned.hpp"
#include "reports/markdown.hpp"
#include "reports/page.hpp"
#include "reports/palette.hpp"

namespace countercheck {
namespace {

constexpr std::size_t kGap = 3;

const Row* row_of(const Comparison& point, const std::string& key) {
  const auto row = std::find_if(point.rows.begin(), point.rows.end(), [&](const Row& one) { return one.key == key; });
  return row == point.rows.end() ? nullptr : &*row;
}

// "12.01 µs 2.31x"
std::string in_one(const CellText& cell) {
  return cell.value + (cell.ratio.empty() ? "" : " ") + cell.ratio;
}

}  // namespace

PointsOverview::PointsOverview(Form form, const std::vector<Comparison>& points, const ReportOptions& options)
    : form_(form), options_(options) {
  std::string key;
  for (const Comparison& point : points) {
    if (key.empty() && !point.rows.empty()) {
      key = point.rows.front().key;  // the time, where there is one
      row_ = point.rows.front().name;
    }
    for (const Column& column : point.columns) {
      if (std::find(variants_.begin(), variants_.end(), column.name) == variants_.end())
        variants_.push_back(column.name);
    }
  }
  for (const Comparison& point : points) {
    const Row* const row = row_of(point, key);
    if (!row) continue;
    const std::vector<CellText> texts = cell_texts(point, *row);
    Line line{.point = parameters_text(point.parameters), .cells = std::vector<CellText>(variants_.size())};
    for (std::size_t column = 0; column < point.columns.size(); ++column) {
      const auto place = std::find(variants_.begin(), variants_.end(), point.columns[column].name) - variants_.begin();
      CellText& cell = line.cells[static_cast<std::size_t>(place)];
      cell = texts[column];
      // The spread, and what the marks point to, stand in the point's own table.
      cell.spread.clear();
      cell.marks.clear();
    }
    lines_.push_back(std::move(line));
  }
}

void PointsOverview::render(std::ostream& out) const {
  if (form_ == Form::markdown) {
    out << "## " << markdown_text(fmt::format("all points: {}", row_)) << "\n\n";
    std::vector<std::vector<std::string>> table{{""}};
    for (const std::string& variant : variants_) table.front().push_back(markdown_text(variant));
    for (const Line& line : lines_) {
      table.push_back({markdown_text(line.point)});
      for (const CellText& cell : line.cells) table.back().push_back(markdown_text(in_one(cell)));
    }
    put_markdown_table(out, table);
    return;
  }
  Page page(out, options_.width);
  const Palette palette(options_.colour);
  page.paragraph(fmt::format("=== all points: {} ===", row_), 4,
                 [&](const std::string& text) { return palette.bold(text); });
  std::size_t label = 0;
  for (const Line& line : lines_) label = std::max(label, display_width(printable(line.point)));
  std::vector<AlignedColumn> columns;
  std::size_t width = label;
  for (std::size_t variant = 0; variant < variants_.size(); ++variant) {
    std::vector<CellText> cells;
    for (const Line& line : lines_) cells.push_back(line.cells[variant]);
    columns.push_back(align(cells, Arrangement::beside, display_width(printable(variants_[variant])), palette));
    width += kGap + columns.back().width;
  }
  if (width > page.width()) {
    for (const Line& line : lines_) {
      std::string text = line.point + ":";
      for (std::size_t variant = 0; variant < variants_.size(); ++variant) {
        if (line.cells[variant].value.empty()) continue;
        text +=
            fmt::format("{} {} {}", text.ends_with(':') ? "" : ";", variants_[variant], in_one(line.cells[variant]));
      }
      page.paragraph(text, 4);
    }
    return;
  }
  std::string header(label, ' ');
  for (std::size_t variant = 0; variant < variants_.size(); ++variant) {
    header += std::string(kGap, ' ') + pad_right(printable(variants_[variant]), columns[variant].width);
  }
  page.line(header);
  for (std::size_t at = 0; at < lines_.size(); ++at) {
    std::string text = pad_right(printable(lines_[at].point), label);
    for (const AlignedColumn& column : columns) text += std::string(kGap, ' ') + column.lines[at];
    page.line(text);
  }
}

}  // namespace countercheck
