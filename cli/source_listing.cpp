#include "cli/source_listing.hpp"

#include <fmt/format.h>

#include "cli/source_text.hpp"
#include "counters/nearest.hpp"
#include "counters/user_error.hpp"

namespace countercheck {
namespace {

constexpr std::size_t kTried = 5;  // of the hottest functions

Listing listing_of(const ListedCode& code, const std::vector<std::string>& folders) {
  Listing listing{.name = code.name, .left_out = code.left_out};
  for (const ListedFile& file : code.files) {
    listing.parts.push_back(list_source(file, read_source(file.path, folders)));
  }
  return listing;
}

}  // namespace

std::vector<Listing> source_listings(const std::vector<SiteCounts>& sites, std::size_t level,
                                     const ListingChoice& choice, std::vector<std::string>& notes) {
  if (!choice.code.empty()) {
    if (const auto code = find_code(sites, level, choice.code)) return {listing_of(*code, choice.folders)};
    throw UserError(Trouble::usage,
                    fmt::format("no function and no source file '{}' ran{}: give a name from the tables", choice.code,
                                did_you_mean(choice.code, code_names(sites))));
  }
  std::vector<Listing> tried;
  for (const ListedCode& code : hottest_functions(sites, level, kTried)) {
    tried.push_back(listing_of(code, choice.folders));
    if (!tried.back().parts.front().trouble.empty()) continue;
    if (tried.size() > 1) {
      notes.push_back(fmt::format("{} has more misses than {}, whose source is listed: {}", tried.front().name,
                                  tried.back().name, tried.front().parts.front().trouble));
    }
    return {tried.back()};
  }
  if (tried.size() > 1) tried.resize(1);
  return tried;
}

}  // namespace countercheck
