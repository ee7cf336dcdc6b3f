#pragma once

#include "analysis/comparison.hpp"
#include "reports/page.hpp"

namespace countercheck {

// The verdicts below a table that has no room for them, event by event: a line for each variant where they are few,
// else the variants by their verdicts.
void put_verdicts(Page& page, const Comparison& comparison);

}  // namespace countercheck
