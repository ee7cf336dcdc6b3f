#include "analysis/miss_tables.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "analysis/array_names.hpp"
#include "analysis/code_names.hpp"

namespace countercheck {
namespace {

void add(ArrayRow& sum, const ArrayRow& part) {
  sum.blocks += part.blocks;
  sum.bytes += part.bytes;
  sum.largest = std::max(sum.largest, part.largest);
  add(sum.levels, part.levels);
}

// What is left of a total. An access under a condition is in the total alone: no part can be larger.
void take_away(std::uint64_t& total, std::uint64_t part) {
  total -= std::min(total, part);
}

void take_away(std::vector<Misses>& total, const std::vector<Misses>& part) {
  for (std::size_t level = 0; level < std::min(total.size(), part.size()); ++level) {
    take_away(total[level].fetches, part[level].fetches);
    take_away(total[level].loads, part[level].loads);
    take_away(total[level].stores, part[level].stores);
  }
}

void take_away(ArrayRow& total, const ArrayRow& part) {
  take_away(total.blocks, part.blocks);
  take_away(total.bytes, part.bytes);
  take_away(total.levels, part.levels);
}

void take_away(CodeRow& total, const CodeRow& part) {
  take_away(total.instructions, part.instructions);
  take_away(total.loads, part.loads);
  take_away(total.stores, part.stores);
  take_away(total.branches, part.branches);
  take_away(total.mispredicted, part.mispredicted);
  take_away(total.levels, part.levels);
}

auto order_of(const ArrayRow& row) {
  return std::tie(row.name, row.kind);
}

auto order_of(const CodeRow& row) {
  return std::tie(row.place);
}

template <typename Row>
MissTable<Row> table_of(std::vector<Row> rows, Row total, std::size_t level, std::size_t most) {
  std::erase_if(rows, [&](const Row& row) { return data_misses(row.levels[level]) == 0; });
  std::sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
    const auto of_a = data_misses(a.levels[level]);
    const auto of_b = data_misses(b.levels[level]);
    return of_a != of_b ? of_a > of_b : order_of(a) < order_of(b);
  });
  MissTable<Row> table{.left_out = rows.size() - std::min(rows.size(), most), .others = total, .total = total};
  rows.resize(std::min(rows.size(), most));
  for (const Row& row : rows) take_away(table.others, row);
  table.rows = std::move(rows);
  return table;
}

template <typename Row, typename Key>
class Rows {
 public:
  void take(const Key& key, const Row& row) {
    const auto [place, is_new] = rows_.try_emplace(key, row);
    if (!is_new) add(place->second, row);
  }
  std::vector<Row> all() const {
    std::vector<Row> rows;
    for (const auto& [key, row] : rows_) rows.push_back(row);
    return rows;
  }

 private:
  std::map<Key, Row> rows_{};
};

std::vector<ArrayRow> array_rows(const std::vector<ArrayCounts>& arrays) {
  Rows<ArrayRow, std::tuple<ArrayKind, std::string, Makers>> rows;
  for (const ArrayCounts& array : arrays) {
    rows.take({array.kind, array.name, makers_of(array)}, {.name = array_name(array),
                                                           .kind = array.kind,
                                                           .blocks = array.blocks,
                                                           .bytes = array.bytes,
                                                           .largest = array.largest,
                                                           .levels = array.levels});
  }
  return rows.all();
}

std::vector<CodeRow> function_rows(const std::vector<SiteCounts>& sites) {
  Rows<CodeRow, CodePlace> rows;
  for (const SiteCounts& site : sites) {
    CodeRow row = site;
    row.place = {.function = short_function(site.place.function), .object = site.place.object};
    // A line without a function is all that is known of it.
    if (row.place.function.empty()) row.place.file = site.place.file;
    rows.take(row.place, row);
  }
  return rows.all();
}

// Fetches have no array.
ArrayRow total_of(const std::vector<ArrayRow>& rows, const SimulatedCounts& totals) {
  ArrayRow total{.levels = totals.levels};
  for (const ArrayRow& row : rows) {
    total.blocks += row.blocks;
    total.bytes += row.bytes;
    total.largest = std::max(total.largest, row.largest);
  }
  for (Misses& misses : total.levels) misses.fetches = 0;
  return total;
}

// Returns are no branches to a machine without a predictor for them, and unconditional jumps to none.
CodeRow total_of(const SimulatedCounts& totals) {
  const std::uint64_t returns = totals.return_misses ? totals.returns.value_or(0) : 0;
  return {.instructions = totals.instructions,
          .loads = totals.loads,
          .stores = totals.stores,
          .branches = totals.conditional_branches + totals.indirect_branches + returns,
          .mispredicted = totals.conditional_misses + totals.indirect_misses + totals.return_misses.value_or(0),
          .levels = totals.levels};
}

}  // namespace

MissTables miss_tables(const Attribution& where, const SimulatedCounts& totals, std::size_t level, std::size_t most) {
  auto arrays = array_rows(where.arrays);
  const ArrayRow all_arrays = total_of(arrays, totals);
  const CodeRow all_code = total_of(totals);
  return {.level = level,
          .arrays = table_of(std::move(arrays), all_arrays, level, most),
          .functions = table_of(function_rows(where.sites), all_code, level, most),
          .lines = table_of(where.sites, all_code, level, most)};
}

std::optional<double> miss_share(const std::vector<Misses>& part, const std::vector<Misses>& whole, std::size_t level) {
  const auto all = data_misses(whole[level]);
  if (all == 0) return std::nullopt;
  return static_cast<double>(data_misses(part[level])) / static_cast<double>(all);
}

}  // namespace countercheck
