#pragma once

#include <string>
#include <vector>

#include "reports/page.hpp"

namespace countercheck {

// Rows of numbers, each with the name of what they belong to as its last text.
struct NumberTable {
  std::vector<std::string> heads{};
  std::vector<std::vector<std::string>> rows{};  // as many texts as heads
};

// Puts the table on a page, the names wrapped into what is left of the width; where that is too little, each row
// becomes its name and below it the numbers with their heads. Any width of at least one column is served.
void put_number_table(Page& page, const NumberTable& table);

}  // namespace countercheck
