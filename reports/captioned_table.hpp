#pragma once

#include <string>

#include "reports/number_table.hpp"

namespace countercheck {

// A table in words, for every form that people read.
struct CaptionedTable {
  std::string caption{};
  NumberTable table{};
};

}  // namespace countercheck
