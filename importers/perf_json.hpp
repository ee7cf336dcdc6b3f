#pragma once

#include <string_view>

#include "importers/imported.hpp"

namespace countercheck {

// What `perf stat -j` prints: an object on each line. One variant, as with -x. Decimal commas of a locale, which make
// it no JSON, are read as what they are: between two digits outside of text a comma can be nothing else there. perf 6.1
// writes a share of 100.00 beside "<not supported>"; that is an absence whatever the share.
Imported read_perf_json(std::string_view text);

bool looks_like_perf_json(std::string_view text);

}  // namespace countercheck
