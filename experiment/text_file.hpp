#pragma once

#include <string>
#include <string_view>

namespace countercheck {

// A whole file, byte for byte. Complaints are UserErrors and call it by `noun`: "the results file 'x' cannot be read:
// …".
std::string read_text_file(const std::string& path, std::string_view noun);

// Replaces what the file held.
void write_text_file(const std::string& path, const std::string& text, std::string_view noun);

}  // namespace countercheck
