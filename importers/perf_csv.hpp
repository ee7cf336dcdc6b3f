#pragma once

#include <string_view>

#include "importers/imported.hpp"

namespace countercheck {

// What `perf stat -x SEP` prints: one variant, without a name, and without its wall time unless duration_time was
// counted. The fields (perf-stat(1), CSV FORMAT): value; unit, since 2014; event; with -r the spread; since 2015 the
// time that the counter ran and its share; since 2016 perf's own metric, which is not read. How many runs a spread is
// of is not in the file.
Imported read_perf_csv(std::string_view text);

bool looks_like_perf_csv(std::string_view text);

}  // namespace countercheck
