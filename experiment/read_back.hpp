#pragma once

#include <sys/types.h>

#include <limits>
#include <string>

namespace countercheck {

inline constexpr off_t kWhole = std::numeric_limits<off_t>::max();

// What an open file holds, its last bytes if it holds more than `most`, wherever its offset stands. What cannot be read
// is missing at the end.
std::string read_back(int descriptor, off_t most = kWhole);

// Bytes in an open file; 0 when that cannot be told.
off_t size_of(int descriptor);

}  // namespace countercheck
