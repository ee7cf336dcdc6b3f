#pragma once

#include <string>
#include <vector>

#include "analysis/book_reading.hpp"
#include "reports/captioned_table.hpp"

namespace countercheck {

// A table of the report on the book, and what must be known to read it.
struct BookPart {
  CaptionedTable table{};
  std::vector<std::string> sentences{};
};

// The tables that are shown, in words: the counter tables' figures, the factors between them, the runtimes, and this
// machine's figures beside the book's.
std::vector<BookPart> book_parts(const BookReading& reading);

}  // namespace countercheck
