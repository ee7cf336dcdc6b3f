#pragma once

#include <string>
#include <vector>

namespace countercheck {

// A short name for each command, made of what tells it from the others: "old" and "new" for './old data.bin' and
// './new data.bin', "n" and "r" for 'sort -n file' and 'sort -r file'. Of equal ones the second is "sort-2". The names
// hold no blank, begin with no dash and are never empty, so that they can be typed where a name is asked for.
std::vector<std::string> short_names(const std::vector<std::vector<std::string>>& commands);

// The same names with numbers after those that another before it has.
std::vector<std::string> numbered(std::vector<std::string> names);

}  // namespace countercheck
