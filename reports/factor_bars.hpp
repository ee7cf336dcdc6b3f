#pragma once

#include "analysis/comparison.hpp"
#include "reports/page.hpp"

namespace countercheck {

// Puts on a page of each variant how its speed-up comes about: the identity, a bar for each factor on a logarithmic
// scale that is the same for all variants (to the right what makes it faster), what that means, and its misses. Bars
// are left away where the page has no room for them; `utf8` says whether it shows more than ASCII.
void put_factors(Page& page, const Comparison& comparison, bool utf8);

}  // namespace countercheck
