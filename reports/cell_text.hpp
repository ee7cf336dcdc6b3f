#pragma once

#include <string>
#include <vector>

#include "analysis/comparison.hpp"

namespace countercheck {

// A cell in words, piece by piece, so that a form can put each piece where it has room for it. Any may be empty.
struct CellText {
  std::string value{};   // "12.13 G", "<no PMU>"
  std::string spread{};  // "±0.4%", "="
  std::string marks{};   // "(62 %) [1]"
  std::string ratio{};   // "0.31x"

  bool absent = false;  // `value` is a reason, not a number

  bool operator==(const CellText&) const = default;
};

// One row's cells. The rows of metrics have neither spread nor ratio: what they are made of has both. The baseline's
// own ratio is shown with the time only.
std::vector<CellText> cell_texts(const Comparison& comparison, const Row& row);

// The time of one line of the ranking, in the unit of them all.
std::vector<CellText> ranking_texts(const Comparison& comparison);

}  // namespace countercheck
