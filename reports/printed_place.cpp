#include "reports/printed_place.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "reports/saved_report.hpp"
#include "reports/text_width.hpp"

namespace countercheck {
namespace {

// A text in a line that stands apart from the others, and the columns of the screen that it takes.
struct Piece {
  std::string text{};
  std::size_t begin = 0;
  std::size_t end = 0;

  std::size_t middle() const { return (begin + end) / 2; }
};

// Cells of a table on a terminal stand two spaces apart at least.
std::vector<Piece> spaced_pieces(const std::string& line) {
  std::vector<Piece> pieces;
  for (std::size_t at = line.find_first_not_of(' '); at != std::string::npos;) {
    const std::size_t end = std::min(line.find("  ", at), line.size());
    const std::string text = line.substr(at, end - at);
    const std::size_t begin = display_width(line.substr(0, at));
    pieces.push_back({text, begin, begin + display_width(text)});
    at = line.find_first_not_of(' ', end);
  }
  return pieces;
}

// Cells of a Markdown table, between its bars; any other line is one piece.
std::vector<Piece> barred_pieces(const std::string& line) {
  if (!line.starts_with('|')) return {{line, 0, line.size()}};
  std::vector<Piece> pieces;
  std::string text;
  for (std::size_t at = 1; at < line.size(); ++at) {
    if (line[at] == '|' && line[at - 1] != '\\') {
      text.erase(0, text.find_first_not_of(' '));
      text.erase(text.find_last_not_of(' ') + 1);
      pieces.push_back({text, pieces.size(), pieces.size()});
      text.clear();
    } else {
      text += line[at];
    }
  }
  return pieces;
}

// "time" of "time" and of "**time**"; nothing of a text that is a number.
std::string label_of(const Piece& piece) {
  std::string text = piece.text;
  std::erase(text, '*');
  const bool word = std::any_of(text.begin(), text.end(), [](unsigned char letter) { return std::isalpha(letter); });
  return word && !std::isdigit(static_cast<unsigned char>(text.front())) ? text : "";
}

class Places {
 public:
  Places(const std::vector<std::string>& lines, bool markdown, const std::vector<std::string>& variants)
      : lines_(lines), markdown_(markdown), variants_(variants) {}

  std::vector<Piece> pieces(std::size_t line) const {
    if (line >= lines_.size()) return {};
    return markdown_ ? barred_pieces(lines_[line]) : spaced_pieces(lines_[line]);
  }

  // "time of roll-add", of a cell of the table; empty where it is none.
  std::string name(std::size_t line, const Piece& cell) const {
    const auto row = row_label(line, cell);
    const auto column = column_label(line, cell);
    return row && column ? fmt::format("{} of {}", *row, *column) : "";
  }

 private:
  // The text at the left of the line, or of the nearest one above that has any: ratios may stand on a line of their
  // own.
  std::optional<std::string> row_label(std::size_t line, const Piece& cell) const {
    constexpr std::size_t kLeft = 3;
    for (std::size_t above = line + 1; above-- > 0;) {
      const auto all = pieces(above);
      if (all.empty()) return std::nullopt;
      if (all.front().begin >= kLeft) continue;
      const std::string label = label_of(all.front());
      if (label.empty() || (above == line && all.front().begin == cell.begin)) return std::nullopt;
      return label;
    }
    return std::nullopt;
  }

  // The variant that heads the column: the nearest one of the nearest line above that names variants only.
  std::optional<std::string> column_label(std::size_t line, const Piece& cell) const {
    for (std::size_t above = line; above-- > 0;) {
      const Piece* nearest = nullptr;
      const auto all = pieces(above);
      for (const Piece& piece : all) {
        if (std::find(variants_.begin(), variants_.end(), piece.text) == variants_.end()) continue;
        if (!nearest || distance(piece, cell) < distance(*nearest, cell)) nearest = &piece;
      }
      if (nearest && all.front().begin + 1 >= (markdown_ ? 1U : 2U)) return nearest->text;
    }
    return std::nullopt;
  }

  static std::size_t distance(const Piece& a, const Piece& b) {
    return a.middle() > b.middle() ? a.middle() - b.middle() : b.middle() - a.middle();
  }

  const std::vector<std::string>& lines_;
  bool markdown_;
  const std::vector<std::string>& variants_;
};

// What both have behind the value, such as the same spread, says nothing.
void drop_common_spread(std::string& printed, std::string& again) {
  for (const char* mark : {" ±", " ="}) {
    const std::size_t a = printed.find(mark);
    const std::size_t b = again.find(mark);
    if (a == std::string::npos || b == std::string::npos || printed.substr(a) != again.substr(b)) continue;
    printed.erase(a);
    again.erase(b);
  }
}

std::string or_nothing(const std::string& text) {
  return text.empty() ? "nothing" : text;
}

std::string said(const std::string& name, std::string printed, std::string again, std::size_t line) {
  drop_common_spread(printed, again);
  const std::string where = name.empty() ? fmt::format("line {}", line + 1) : name;
  return fmt::format("{}: printed {}, the samples give {}{}", where, or_nothing(printed), or_nothing(again),
                     name.empty() ? "" : fmt::format(" (line {})", line + 1));
}

}  // namespace

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::vector<std::string> variant_names(const Experiment& experiment) {
  std::vector<std::string> names;
  for (const Variant& variant : experiment.variants) names.push_back(variant.name);
  return names;
}

std::string first_difference(const std::vector<std::string>& printed, const std::vector<std::string>& again,
                             bool markdown, const std::vector<std::string>& variants) {
  const Places places(again, markdown, variants);
  const Places saved(printed, markdown, variants);
  std::string moved;  // told only where nothing else differs: a changed figure may widen a column
  for (std::size_t line = 0; line < std::max(printed.size(), again.size()); ++line) {
    if (line < printed.size() && line < again.size() && printed[line] == again[line]) continue;
    const auto theirs = saved.pieces(line);
    const auto ours = places.pieces(line);
    for (std::size_t at = 0; at < std::max(theirs.size(), ours.size()); ++at) {
      const std::string a = at < theirs.size() ? theirs[at].text : "";
      const std::string b = at < ours.size() ? ours[at].text : "";
      if (a == b) continue;
      return said(at < ours.size() ? places.name(line, ours[at]) : "", a, b, line);
    }
    if (moved.empty()) {
      moved = said("", line < printed.size() ? printed[line] : "", line < again.size() ? again[line] : "", line);
    }
  }
  return moved;
}

std::string first_csv_difference(const std::vector<std::vector<std::string>>& printed,
                                 const std::vector<std::string>& again) {
  std::string text;
  for (const std::string& line : again) text += line + '\n';
  const auto fresh = csv_lines(text);
  const std::vector<std::string> none;
  for (std::size_t line = 0; line < std::max(printed.size(), fresh.size()); ++line) {
    const auto& theirs = line < printed.size() ? printed[line] : none;
    const auto& ours = line < fresh.size() ? fresh[line] : none;
    for (std::size_t at = 0; at < std::max(theirs.size(), ours.size()); ++at) {
      const std::string a = at < theirs.size() ? theirs[at] : "";
      const std::string b = at < ours.size() ? ours[at] : "";
      if (a == b) continue;
      const auto& heads = fresh.front();
      const auto event = static_cast<std::size_t>(std::find(heads.begin(), heads.end(), "event") - heads.begin());
      const bool named = line > 0 && event < ours.size() && at < heads.size();
      return said(named ? fmt::format("{} of {}, {}", ours[event], ours.front(), heads[at]) : "", a, b, line);
    }
  }
  return "";
}

}  // namespace countercheck
