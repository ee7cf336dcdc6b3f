#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace countercheck {

// The most that files of each kind may hold, in bytes: far beyond what anybody writes, and little enough for the
// memory.
inline constexpr std::size_t kMostResults = std::size_t{1} << 30;
inline constexpr std::size_t kMostReport = std::size_t{64} << 20;
inline constexpr std::size_t kMostImported = std::size_t{16} << 20;

// A whole text file, byte for byte; a pipe is read to its end. UserErrors tell what is not there, a folder, an empty
// file, one of more than `most` bytes and one that is no text (a byte of it is 0), and call it by `noun`: "the results
// file 'x' cannot be read: …".
std::string read_text_file(const std::string& path, std::string_view noun, std::size_t most);

// Replaces what the file held.
void write_text_file(const std::string& path, const std::string& text, std::string_view noun);

}  // namespace countercheck
