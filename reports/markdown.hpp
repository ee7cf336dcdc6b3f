#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "reports/number_table.hpp"

namespace countercheck {

// Text from outside that GitHub's Markdown shows as it is, in a table or out of one: no tag, no emphasis, no new cell.
std::string markdown_text(std::string_view text);

// A table: the first column to the left, the others to the right unless `left` names them. Cells are Markdown already.
void put_markdown_table(std::ostream& out, const std::vector<std::vector<std::string>>& lines,
                        const std::vector<std::size_t>& left = {0});

// The same of a table of numbers, whose cells are plain text and whose last column is names.
void put_markdown_table(std::ostream& out, const NumberTable& table);

// One item of a list for each sentence, and a blank line before the first.
void put_markdown_list(std::ostream& out, const std::vector<std::string>& sentences);

}  // namespace countercheck
