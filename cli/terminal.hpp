#pragma once

#include <functional>
#include <iosfwd>
#include <string_view>

namespace countercheck {

// Opens what is closed of the descriptors 0, 1 and 2, so that no file of ours takes their place; a closed standard
// output stays one that cannot be written.
void secure_standard_descriptors();

bool is_terminal(int descriptor);

// Columns of standard output, or of another descriptor: the terminal's, else the variable COLUMNS, else 80.
unsigned terminal_width(int descriptor = 1);

// Standard output is a terminal that knows colours, and NO_COLOR (no-color.org) is not set.
bool wants_colour();

// The locale of the environment is one of UTF-8.
bool shows_utf8();

// Lets `write` write to standard output and throws UserError when not everything got through; its sentence ends with
// `remedy`, where there is one.
void write_to_stdout(const std::function<void(std::ostream&)>& write, std::string_view remedy = "");

}  // namespace countercheck
