#pragma once

#include <string_view>

#include "importers/imported.hpp"

namespace countercheck {

// What PAPI's high-level functions write for a rank (papi_hl_output/rank_000000.json): one variant for each region, its
// counts summed over the threads and the times it was entered. PAPI 6 has lists of threads and of regions, each region
// under its name with its region_count; PAPI 7 has objects under numbers, one for each time a region was entered.
// "cycles" there are ticks of a clock (PAPI_get_real_cyc), no cycles of a core: they are kept as real-cycles.
Imported read_papi_high_level(std::string_view text);

bool looks_like_papi_high_level(std::string_view text);

}  // namespace countercheck
