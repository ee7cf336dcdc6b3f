#include "reports/aligned.hpp"

#include <algorithm>

#include "reports/text_width.hpp"

namespace countercheck {
namespace {

std::size_t widest(const std::vector<CellText>& cells, std::string CellText::*piece) {
  std::size_t width = 0;
  for (const CellText& cell : cells) width = std::max(width, display_width(cell.*piece));
  return width;
}

// Where the pieces of every cell of a column stand, counted in columns of the screen from its left edge.
struct Places {
  std::size_t value_end = 0;
  std::size_t spread = 0;
  std::size_t marks = 0;
  std::size_t ratio_end = 0;
  std::size_t end = 0;
};

Places places_for(const std::vector<CellText>& cells, bool beside) {
  // An absence is longer than most numbers and has no spread: it may reach into the spread's place.
  std::size_t value = 0;
  std::size_t absence = 0;
  for (const CellText& cell : cells) {
    std::size_t& room = cell.absent ? absence : value;
    room = std::max(room, display_width(cell.value));
  }
  const std::size_t spread = widest(cells, &CellText::spread);
  const std::size_t marks = widest(cells, &CellText::marks);
  const std::size_t ratio = widest(cells, &CellText::ratio);
  Places places;
  places.value_end = std::max(value, spread + 1 < absence ? absence - spread - 1 : 0);
  places.spread = places.value_end + 1;
  places.end = spread > 0 ? places.spread + spread : std::max(places.value_end, absence);
  if (beside) {
    places.marks = places.end + 1;
    if (marks > 0) places.end = places.marks + marks;
    places.ratio_end = places.end + 2 + ratio;
    if (ratio > 0) places.end = places.ratio_end;
  } else {
    places.ratio_end = std::max(places.value_end, ratio);
    places.marks = places.ratio_end + 1;
    places.end = std::max({places.end, ratio, marks > 0 ? places.marks + marks : 0});
  }
  return places;
}

class Line {
 public:
  void starting_at(std::size_t place, const std::string& text, const std::string& painted) {
    if (text.empty()) return;
    const std::size_t gap = place > width_ ? place - width_ : 0;
    text_ += std::string(gap, ' ') + painted;
    width_ += gap + display_width(text);
  }
  void ending_at(std::size_t place, const std::string& text) {
    const std::size_t own = display_width(text);
    starting_at(place > own ? place - own : 0, text, text);
  }
  std::string filled_to(std::size_t width) const {
    return text_ + std::string(width > width_ ? width - width_ : 0, ' ');
  }

 private:
  std::string text_;
  std::size_t width_ = 0;
};

}  // namespace

AlignedColumn align(const std::vector<CellText>& cells, Arrangement arrangement, std::size_t least,
                    const Palette& palette) {
  const bool beside = arrangement == Arrangement::beside;
  const Places places = places_for(cells, beside);
  AlignedColumn column;
  column.width = std::max(least, places.end);
  for (const CellText& cell : cells) {
    Line line;
    line.ending_at(places.value_end, cell.value);
    line.starting_at(places.spread, cell.spread, palette.dim(cell.spread));
    if (beside) {
      line.starting_at(places.marks, cell.marks, cell.marks);
      line.ending_at(places.ratio_end, cell.ratio);
    }
    column.lines.push_back(line.filled_to(column.width));
    Line below;
    if (!beside) {
      below.ending_at(places.ratio_end, cell.ratio);
      below.starting_at(places.marks, cell.marks, cell.marks);
    }
    const bool stacked = !beside && !(cell.ratio.empty() && cell.marks.empty());
    column.below.push_back(stacked ? below.filled_to(column.width) : "");
  }
  return column;
}

}  // namespace countercheck
