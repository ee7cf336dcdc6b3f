#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analysis/listing.hpp"

namespace countercheck {

// What of the source is listed.
struct ListingChoice {
  std::string code{};                  // a function or a file; empty: the function with the most misses
  std::vector<std::string> folders{};  // where source is looked for that is not where it was compiled
};

// The listings to show. Left to us, it is the first of the hottest functions whose source is here, with a sentence
// added to `notes` where that is not the hottest; where none is, why. Throws UserError for code that did not run.
std::vector<Listing> source_listings(const std::vector<SiteCounts>& sites, std::size_t level,
                                     const ListingChoice& choice, std::vector<std::string>& notes);

}  // namespace countercheck
