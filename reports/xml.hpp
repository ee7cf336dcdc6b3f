#pragma once

#include <string>
#include <string_view>

namespace countercheck {

// Text from outside as XML 1.0 has it, in an attribute or between tags: its five special characters as entities; what
// no XML document may hold (control characters, broken UTF-8) as '?'.
std::string xml_text(std::string_view text);

}  // namespace countercheck
