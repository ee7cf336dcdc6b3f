#pragma once

#include <string_view>

#include "importers/imported.hpp"

namespace countercheck {

// What `likwid-perfctr -O` or `-o FILE.csv` writes: tables of one group, for the whole program or for each marked
// region. The raw counts of the cores are summed; likwid's own sums (STAT) and metrics are not read, but for the run
// time. Its names of events are kept: they are Intel's and AMD's, not perf's.
Imported read_likwid(std::string_view text);

bool looks_like_likwid(std::string_view text);

}  // namespace countercheck
