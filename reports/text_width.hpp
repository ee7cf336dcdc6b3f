#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace countercheck {

// Columns that UTF-8 text takes on a terminal: 0 for combining marks, 2 for wide East Asian characters and emoji, 1 for
// the rest, a broken byte included.
std::size_t display_width(std::string_view text);

// Line breaks and tabs replaced by spaces, other control characters by '?', so that a name from outside cannot move the
// cursor or break a table.
std::string printable(std::string_view text);

std::string pad_left(std::string_view text, std::size_t width);   // spaces before the text
std::string pad_right(std::string_view text, std::size_t width);  // spaces after it

// At most `width` columns: what is cut off is told by a "…".
std::string cut(std::string_view text, std::size_t width);

// Lines of at most `width` columns, broken at spaces, or within a word that is longer than a line. Every line after the
// first begins with `hanging` spaces, unless that would leave no room for the text. At least one line.
std::vector<std::string> wrap(std::string_view text, std::size_t width, std::size_t hanging = 0);

}  // namespace countercheck
