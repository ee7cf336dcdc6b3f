#pragma once

#include <string>
#include <vector>

#include "analysis/miss_summary.hpp"
#include "reports/captioned_table.hpp"

namespace countercheck {

// The tables of a report on misses in words, for every form that people read: by array, by function, by line. Each ends
// with what is left over, where that is something, and the total.
std::vector<CaptionedTable> misses_tables(const MissSummary& summary);

// What a listing shows: "step, /src/rows.cpp: instructions, misses of each level, mispredicted branches".
std::string listing_caption(const Listing& listing, const ListingPart& part);

// What it does not show of the code; empty where that is nothing.
std::string listing_rest(const Listing& listing);

// The heads of a listing's numbers, and the numbers of one of its lines: "." for none; all empty where no code ran.
std::vector<std::string> listing_heads(const MissSummary& summary);
std::vector<std::string> listing_numbers(const ListingLine& line, const MissSummary& summary);

}  // namespace countercheck
