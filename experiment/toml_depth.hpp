#pragma once

#include <cstddef>
#include <string_view>

namespace countercheck {

// The line, from 1, in which a key of TOML has more parts (a.b.c has three) than `most`; 0 where none has. The parser
// bounds how deep values stand in each other, but makes a table for each part of a key, of which a megabyte holds so
// many that giving them back overflows the stack.
std::size_t line_of_deep_key(std::string_view text, std::size_t most);

}  // namespace countercheck
