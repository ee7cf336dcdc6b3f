#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "simulator/attribution.hpp"

namespace countercheck {

// Loads and stores that missed one level: what shares are shares of. Instruction fetches belong to no array.
inline std::uint64_t data_misses(const Misses& misses) {
  return misses.loads + misses.stores;
}

// All arrays that a person would call by one name.
struct ArrayRow {
  std::string name{};
  ArrayKind kind = ArrayKind::other;
  std::uint64_t blocks = 0;
  std::uint64_t bytes = 0;    // of all blocks; freed ones too
  std::uint64_t largest = 0;  // bytes of the largest block
  std::vector<Misses> levels{};

  bool operator==(const ArrayRow&) const = default;
};

// All functions of one short name in one object, whose place has no file and no line; or a line of a function; or a
// function without lines.
using CodeRow = SiteCounts;

// Rows in the order of their data misses at one level, and what they leave over of the whole, so that all adds up.
template <typename Row>
struct MissTable {
  std::vector<Row> rows{};   // those with data misses at that level
  std::size_t left_out = 0;  // rows
  Row others{};              // the total less the rows
  Row total{};

  bool operator==(const MissTable&) const = default;
};

struct MissTables {
  std::size_t level = 0;  // by which they are ordered
  MissTable<ArrayRow> arrays{};
  MissTable<CodeRow> functions{};
  MissTable<CodeRow> lines{};

  bool operator==(const MissTables&) const = default;
};

// At most `most` rows in each. `totals` are the counts of the same processes, with more than `level` levels.
MissTables miss_tables(const Attribution& where, const SimulatedCounts& totals, std::size_t level, std::size_t most);

// Part of the whole's data misses at a level; empty where nothing missed.
std::optional<double> miss_share(const std::vector<Misses>& part, const std::vector<Misses>& whole, std::size_t level);

}  // namespace countercheck
