#pragma once

#include "analysis/comparison.hpp"
#include "reports/page.hpp"
#include "reports/palette.hpp"

namespace countercheck {

// Puts the table of events and variants on a page, in the widest of its layouts that fits:
// events as rows and variants as columns, the ratio beside the value or below it; one row per variant, in blocks of as
// many events as fit; a list. Any width of at least one column is served.
bool put_table(Page& page, const Comparison& comparison, const Palette& palette);

// Puts the summary on a page: the variants by their time, the fastest as 1.00.
void put_ranking(Page& page, const Comparison& comparison, const Palette& palette);

}  // namespace countercheck
