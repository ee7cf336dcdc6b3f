#include "reports/comparison_table.hpp"

#include <algorithm>

#include "reports/aligned.hpp"
#include "reports/cell_text.hpp"
#include "reports/comparison_sentences.hpp"
#include "reports/sentences.hpp"
#include "reports/verdict_text.hpp"

namespace countercheck {
namespace {

constexpr std::size_t kGap = 3;           // between two variants or events
constexpr std::size_t kShortestName = 8;  // a name wrapped more narrowly cannot be read

using Grid = std::vector<std::vector<CellText>>;

class Table {
 public:
  Table(Page& page, const Comparison& comparison, const Palette& palette)
      : page_(page), comparison_(comparison), palette_(palette) {
    for (std::size_t variant = 0; variant < comparison.columns.size(); ++variant) {
      const Column& column = comparison.columns[variant];
      if (column.again) continue;
      shown_.push_back(variant);
      titles_.push_back(printable(column.name) + (column.excluded ? std::string(" ") + wrong_mark : ""));
    }
    for (const Row& row : comparison.rows) {
      const std::vector<CellText> all = cell_texts(comparison, row);
      rows_.emplace_back();
      for (const std::size_t variant : shown_) rows_.back().push_back(all[variant]);
    }
  }

  // Whether the verdicts stand in the table.
  bool put() {
    if (put_judged()) return true;
    put_variants();
    return false;
  }

 private:
  void put_variants() {
    for (const Arrangement arrangement : {Arrangement::beside, Arrangement::stacked}) {
      if (put_wide(arrangement)) return;
    }
    for (const Arrangement arrangement : {Arrangement::beside, Arrangement::stacked}) {
      if (put_blocks(arrangement)) return;
    }
    put_list();
  }

  std::string painted_title(std::size_t variant, const std::string& text) const {
    if (comparison_.columns[shown_[variant]].excluded) return palette_.red(text);
    const bool fastest = comparison_.ranking.size() > 1 && comparison_.ranking.front().variant == shown_[variant];
    return fastest ? palette_.bold(text) : text;
  }

  // The name of a row without indent, and the letter of its source.
  std::string name_of(const Row& row) const { return printable(row.name); }
  std::string mark(const Row& row) const {
    const char letter = row.source && row.under.empty() ? mark_of(*row.source) : '\0';
    return letter == '\0' ? "" : std::string(1, letter);
  }

  std::vector<std::string> row_labels() const {
    std::vector<std::string> labels;
    std::size_t widest = 0;
    for (const Row& row : comparison_.rows) {
      labels.push_back((row.under.empty() ? "" : "  ") + name_of(row));
      widest = std::max(widest, display_width(labels.back()));
    }
    for (std::size_t at = 0; at < labels.size(); ++at) {
      labels[at] = pad_right(labels[at], widest + 1) + pad_right(mark(comparison_.rows[at]), 1);
    }
    return labels;
  }

  std::vector<AlignedColumn> variant_columns(Arrangement arrangement, bool ratios) const {
    std::vector<AlignedColumn> columns;
    for (std::size_t variant = 0; variant < titles_.size(); ++variant) {
      std::vector<CellText> cells;
      for (const auto& row : rows_) {
        cells.push_back(row[variant]);
        if (!ratios) cells.back().ratio.clear();
      }
      columns.push_back(align(cells, arrangement, display_width(titles_[variant]), palette_));
    }
    return columns;
  }

  bool put_wide(Arrangement arrangement) { return put_columns(variant_columns(arrangement, true), {}); }

  // Two variants: what one is to the other stands beside them.
  bool put_judged() {
    if (shown_.size() != 2 || !has_verdicts(comparison_)) return false;
    const std::size_t other = shown_[shown_[0] == comparison_.baseline ? 1 : 0];
    std::vector<VerdictText> texts;
    std::size_t ratio = 0;
    for (const Row& row : comparison_.rows) {
      const Judged* const judged = row.event ? find_judged(comparison_.inference, other, *row.event) : nullptr;
      texts.push_back(judged ? verdict_text(*judged, comparison_.inference) : VerdictText{});
      ratio = std::max(ratio, display_width(texts.back().ratio));
    }
    std::vector<std::string> ratios;
    std::vector<std::string> verdicts;
    for (const VerdictText& text : texts) {
      ratios.push_back(pad_left(text.ratio, ratio) + (text.interval.empty() ? "" : "  " + text.interval));
      verdicts.push_back(text.verdict);
    }
    const std::string title =
        printable(comparison_.columns[other].name) + "/" + printable(comparison_.columns[comparison_.baseline].name);
    std::vector<AlignedColumn> columns = variant_columns(Arrangement::beside, false);
    columns.push_back(plain_column(ratios, title));
    columns.push_back(plain_column(verdicts, "verdict"));
    return put_columns(columns, {title, "verdict"});
  }

  static AlignedColumn plain_column(const std::vector<std::string>& texts, const std::string& title) {
    AlignedColumn column{.width = display_width(title), .lines = {}, .below = {}};
    for (const std::string& text : texts) column.width = std::max(column.width, display_width(text));
    for (const std::string& text : texts) column.lines.push_back(pad_right(text, column.width));
    column.below.resize(texts.size());
    return column;
  }

  // The variants, and further columns with titles of their own; not where the page is too narrow.
  bool put_columns(const std::vector<AlignedColumn>& columns, const std::vector<std::string>& further) {
    const std::vector<std::string> labels = row_labels();
    std::size_t width = display_width(labels.front());
    for (const AlignedColumn& column : columns) width += kGap + column.width;
    if (width > page_.width()) return false;

    const std::string gap(kGap, ' ');
    std::string header(display_width(labels.front()), ' ');
    for (std::size_t at = 0; at < columns.size(); ++at) {
      const bool is_variant = at < titles_.size();
      const std::string& title = is_variant ? titles_[at] : further[at - titles_.size()];
      const std::size_t fill = columns[at].width - display_width(title);
      header += gap + (is_variant ? painted_title(at, title) : title) + std::string(fill, ' ');
    }
    page_.line(header);
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      std::string line = labels[row];
      std::string below(display_width(labels[row]), ' ');
      bool has_below = false;
      for (const AlignedColumn& column : columns) {
        line += gap + column.lines[row];
        below += gap + pad_right(column.below[row], column.width);
        has_below = has_below || !column.below[row].empty();
      }
      page_.line(line);
      if (has_below) page_.line(below);
    }
    return true;
  }

  // One block of events: the variants' names, wrapped where they are long, and a column for each event.
  struct Block {
    std::size_t first = 0;
    std::vector<AlignedColumn> columns{};
  };

  void put_block(const Block& block, std::size_t name_width) {
    const std::string gap(kGap, ' ');
    std::string above(name_width, ' ');
    std::string header(name_width, ' ');
    for (std::size_t at = 0; at < block.columns.size(); ++at) {
      const Row& row = comparison_.rows[block.first + at];
      const std::size_t width = block.columns[at].width;
      above += gap + pad_right(cut(printable(row.under), width), width);
      header += gap + pad_right(cut(header_of(row), width), width);
    }
    if (above.find_first_not_of(' ') != std::string::npos) page_.line(above);
    page_.line(header);
    for (std::size_t variant = 0; variant < titles_.size(); ++variant) {
      const std::vector<std::string> name = wrap(titles_[variant], name_width, 1);
      std::vector<std::string> lines(2);
      bool has_below = false;
      for (const AlignedColumn& column : block.columns) {
        lines[0] += gap + column.lines[variant];
        lines[1] += gap + pad_right(column.below[variant], column.width);
        has_below = has_below || !column.below[variant].empty();
      }
      lines.resize(std::max<std::size_t>(name.size(), has_below ? 2 : 1));
      for (std::size_t at = 0; at < lines.size(); ++at) {
        const std::string part = at < name.size() ? name[at] : "";
        const std::string fill(name_width - std::min(name_width, display_width(part)), ' ');
        page_.line(painted_title(variant, part) + fill + lines[at]);
      }
    }
  }

  std::string header_of(const Row& row) const {
    const std::string letter = mark(row);
    return name_of(row) + (letter.empty() ? "" : " " + letter);
  }

  bool put_blocks(Arrangement arrangement) {
    std::size_t name_width = 0;
    for (const std::string& title : titles_) name_width = std::max(name_width, display_width(title));
    std::size_t widest = 0;
    for (const auto& cells : rows_) widest = std::max(widest, align(cells, arrangement, 0, palette_).width);
    if (kShortestName + kGap + widest > page_.width()) return false;
    name_width = std::min(name_width, page_.width() - kGap - widest);

    Block block;
    std::size_t used = name_width;
    const std::size_t room = page_.width() - name_width - kGap;
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      const std::size_t title = std::max(display_width(header_of(comparison_.rows[row])),
                                         display_width(printable(comparison_.rows[row].under)));
      AlignedColumn column = align(rows_[row], arrangement, std::min(title, room), palette_);
      if (!block.columns.empty() && used + kGap + column.width > page_.width()) {
        put_block(block, name_width);
        page_.blank();
        block = {.first = row};
        used = name_width;
      }
      used += kGap + column.width;
      block.columns.push_back(std::move(column));
    }
    put_block(block, name_width);
    return true;
  }

  void put_list() {
    for (std::size_t variant = 0; variant < titles_.size(); ++variant) {
      if (variant > 0) page_.blank();
      page_.paragraph(titles_[variant], 1, [&](const std::string& text) { return painted_title(variant, text); });
      for (std::size_t row = 0; row < rows_.size(); ++row) {
        const std::string indent = comparison_.rows[row].under.empty() ? "  " : "    ";
        page_.paragraph(indent + header_of(comparison_.rows[row]), indent.size() + 1);
        put_pieces(rows_[row][variant], indent + "  ");
      }
    }
  }

  // On one line if that fits, else each piece on its own.
  void put_pieces(const CellText& cell, const std::string& indent) {
    std::string all = indent;
    for (const std::string& piece : {cell.value, cell.spread, cell.ratio, cell.marks}) {
      if (!piece.empty()) all += (all == indent ? "" : " ") + piece;
    }
    if (display_width(all) <= page_.width()) return page_.line(all);
    for (const std::string& piece : {cell.value, cell.spread, cell.ratio, cell.marks}) {
      if (!piece.empty()) page_.paragraph(indent + piece, indent.size());
    }
  }

  Page& page_;
  const Comparison& comparison_;
  const Palette& palette_;
  Grid rows_{};                        // one for each row of the comparison, one cell for each variant
  std::vector<std::size_t> shown_{};   // variants: all but the second measurement of the baseline
  std::vector<std::string> titles_{};  // of them
};

}  // namespace

bool put_table(Page& page, const Comparison& comparison, const Palette& palette) {
  return !comparison.rows.empty() && Table(page, comparison, palette).put();
}

void put_ranking(Page& page, const Comparison& comparison, const Palette& palette) {
  const std::vector<CellText> texts = ranking_texts(comparison);
  if (texts.size() < 2) return;
  const AlignedColumn times = align(texts, Arrangement::stacked, display_width("time"), palette);
  std::vector<std::string> names{"function"};
  std::vector<std::string> ratios{"ratio"};
  std::vector<std::string> schemes{"the book's scheme"};
  bool any_scheme = false;
  for (std::size_t at = 0; at < texts.size(); ++at) {
    const Column& column = comparison.columns[comparison.ranking[at].variant];
    names.push_back(printable(column.name));
    ratios.push_back(texts[at].ratio);
    schemes.push_back(printable(column.scheme));
    any_scheme = any_scheme || !column.scheme.empty();
  }
  if (!any_scheme) schemes.assign(schemes.size(), "");
  const auto widest = [](const std::vector<std::string>& column) {
    std::size_t width = 0;
    for (const std::string& text : column) width = std::max(width, display_width(text));
    return width;
  };
  const std::size_t name_width = widest(names);
  const std::size_t ratio_width = widest(ratios);
  const std::size_t width = name_width + 2 + times.width + 2 + ratio_width + (any_scheme ? 2 + widest(schemes) : 0);
  page.blank();
  for (std::size_t at = 0; at < names.size(); ++at) {
    const std::string time = at == 0 ? pad_right("time", times.width) : times.lines[at - 1];
    const auto paint = [&](const std::string& text) { return at == 1 ? palette.bold(text) : text; };
    if (width <= page.width()) {
      std::string line = paint(names[at]) + std::string(name_width - display_width(names[at]) + 2, ' ');
      line += time + "  ";
      line += pad_left(ratios[at], ratio_width) + "  ";
      page.line(line + schemes[at]);
    } else if (at > 0) {
      const CellText& text = texts[at - 1];
      page.paragraph(names[at], 1, paint);
      page.paragraph("  " + text.value + " " + text.spread + " ratio " + text.ratio + " " + text.marks, 2);
      if (!schemes[at].empty()) page.paragraph("  " + schemes[at], 2);
    }
  }
}

}  // namespace countercheck
