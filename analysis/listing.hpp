#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "simulator/attribution.hpp"

namespace countercheck {

// Code to be listed: a function, or a source file, with what each of its lines did.
struct ListedFile {
  std::string path{};  // as the debug information has it; empty: code compiled without -g
  std::string object{};
  std::map<unsigned, SiteCounts> lines{};  // by number; without a path all of the code is line 0

  bool operator==(const ListedFile&) const = default;
};
struct ListedCode {
  std::string name{};               // "step", "rows.cpp"
  std::vector<ListedFile> files{};  // the one with the most data misses at the level first; inlined code has its own
  std::size_t left_out = 0;         // files beside these, each with less than a twentieth of the misses

  bool operator==(const ListedCode&) const = default;
};

// The functions with the most data misses at a level, the first first; at most `most`, and none without a miss.
std::vector<ListedCode> hottest_functions(const std::vector<SiteCounts>& sites, std::size_t level, std::size_t most);

// The function or the file that a person names: a function by its short name or as it is demangled, a file by the end
// of its path. Empty where nothing of that name ran.
std::optional<ListedCode> find_code(const std::vector<SiteCounts>& sites, std::size_t level, const std::string& name);

// The names that find_code() takes: short names of functions, and names of files; sorted.
std::vector<std::string> code_names(const std::vector<SiteCounts>& sites);

// A line of source beside what it did.
struct ListingLine {
  unsigned number = 0;
  std::string text{};
  std::optional<SiteCounts> counts{};  // empty: no code of it ran

  bool operator==(const ListingLine&) const = default;
};

// One file of a listing, some lines around those that ran; a number that does not follow the one before it shows a gap.
struct ListingPart {
  std::string path{};
  std::string trouble{};  // a sentence: why there are no lines
  std::vector<ListingLine> lines{};

  bool operator==(const ListingPart&) const = default;
};
struct Listing {
  std::string name{};
  std::vector<ListingPart> parts{};
  std::size_t left_out = 0;  // files

  bool operator==(const Listing&) const = default;
};

// `text` holds the lines of the source file, or is empty where there is none.
ListingPart list_source(const ListedFile& file, const std::optional<std::vector<std::string>>& text);

}  // namespace countercheck
