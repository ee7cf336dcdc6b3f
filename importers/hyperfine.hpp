#pragma once

#include <string_view>

#include "importers/imported.hpp"

namespace countercheck {

// What `hyperfine --export-json` writes: the times of every run are samples, and so are the peaks of memory that
// versions since 1.19 write. Of user and system time it keeps the means only, which are no samples: they stay absent,
// with the mean in the reason. Times are seconds.
Imported read_hyperfine(std::string_view text);

bool looks_like_hyperfine(std::string_view text);

}  // namespace countercheck
