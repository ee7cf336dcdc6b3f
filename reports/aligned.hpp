#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "reports/cell_text.hpp"
#include "reports/palette.hpp"

namespace countercheck {

// How the pieces of a cell stand: all on one line, or the ratio and the marks on a line of their own below.
enum class Arrangement { beside, stacked };

// One column of a text table: its cells made equally wide, the pieces of all cells in line with each other.
struct AlignedColumn {
  std::size_t width = 0;           // on the screen
  std::vector<std::string> lines;  // value and spread, and what stands beside them
  std::vector<std::string> below;  // what is stacked; empty where the cell has nothing of it
};

// Every line is as wide as the column, which is at least `least` wide.
AlignedColumn align(const std::vector<CellText>& cells, Arrangement arrangement, std::size_t least,
                    const Palette& palette);

}  // namespace countercheck
