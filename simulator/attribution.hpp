#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "counters/enum_names.hpp"
#include "simulator/counts.hpp"

namespace countercheck {

// A place in the code, as far as the debug information tells it.
struct CodePlace {
  std::string function{};  // demangled; empty: not known
  std::string file{};      // path of the source; empty: compiled without -g
  unsigned line = 0;       // from 1; 0 without a file
  std::string object{};    // path of the program or library

  auto operator<=>(const CodePlace&) const = default;
};

// One line of code that ran, or a whole function where there is no line: what it did, and what missed.
struct SiteCounts {
  CodePlace place{};
  std::uint64_t instructions = 0;
  std::uint64_t loads = 0;
  std::uint64_t stores = 0;
  std::uint64_t branches = 0;
  std::uint64_t mispredicted = 0;
  std::vector<Misses> levels{};  // of the caches, the nearest first

  bool operator==(const SiteCounts&) const = default;
};

enum class ArrayKind {
  named,     // by countercheck_name_array()
  heap,      // from malloc and its like
  mapping,   // from mmap
  variable,  // of the program or a library, with static storage
  file,      // mapped from a file, and no variable known there
  stack,     // of a thread
  other,     // none of these: what the allocator keeps for itself, for instance
};

// The tool's words.
inline constexpr EnumName<ArrayKind> kArrayKindNames[] = {
    {ArrayKind::named, "named"},     {ArrayKind::heap, "heap"}, {ArrayKind::mapping, "mapping"},
    {ArrayKind::variable, "static"}, {ArrayKind::file, "file"}, {ArrayKind::stack, "stack"},
    {ArrayKind::other, "other"}};

// All memory of one name, or that one call stack allocated.
struct ArrayCounts {
  ArrayKind kind = ArrayKind::other;
  std::string name{};              // of a named array, a variable, a file
  std::vector<CodePlace> stack{};  // of heap and mappings: the allocator's function, then its callers
  std::uint64_t blocks = 0;        // allocated in the whole run, freed ones too; 0 where the kind has none
  std::uint64_t bytes = 0;         // of them all
  std::uint64_t largest = 0;       // bytes of the largest block
  std::vector<Misses> levels{};    // fetches are 0

  bool operator==(const ArrayCounts&) const = default;
};

// Where the counts of one process, or of several in sum, come from. Only arrays of which something missed are known.
struct Attribution {
  std::vector<SiteCounts> sites{};
  std::vector<ArrayCounts> arrays{};

  bool operator==(const Attribution&) const = default;
};

// The "sites" and "arrays" of PID-IMAGE.json as our tool writes it with --attribution=arrays. Throws
// std::runtime_error with the key and what is wrong there.
Attribution attribution_from(std::string_view json);

// Adds the counts of a part to a sum, whose place it keeps.
void add(SiteCounts& sum, const SiteCounts& part);

// Sums what is the same place, or the same array, in several processes; in the order of places and of arrays.
Attribution sum_of(const std::vector<Attribution>& parts);

// The sum over all processes that left a whole file in the folder. Throws as attribution_from does.
Attribution read_attribution(const std::filesystem::path& folder);

}  // namespace countercheck
