#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace countercheck {

// Prints rows of texts in columns, the last one wrapped into what is left of the width; in a terminal too narrow for
// that, each row's texts stand below each other.
void print_columns(std::ostream& out, const std::vector<std::vector<std::string>>& rows, unsigned width);

}  // namespace countercheck
