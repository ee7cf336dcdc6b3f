#pragma once

#include <string_view>

#include "importers/imported.hpp"

namespace countercheck {

// What `perf stat` prints for people, from that of 2010 to that of today, in any locale: one variant for each block
// ("Performance counter stats for …"). What perf worked out itself (the column behind #) is not read: countercheck has
// its own, from the same counts.
Imported read_perf_text(std::string_view text);

bool looks_like_perf_text(std::string_view text);

}  // namespace countercheck
