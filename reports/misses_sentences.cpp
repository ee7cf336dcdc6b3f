#include "reports/misses_sentences.hpp"

#include <fmt/format.h>

#include "analysis/code_names.hpp"
#include "counters/counted_noun.hpp"
#include "reports/quantities.hpp"
#include "reports/sentences.hpp"
#include "reports/simulation_sentences.hpp"
#include "simulator/sizes.hpp"

namespace countercheck {
namespace {

// "the array made by ...", "the 18 blocks made by ...", "field"
std::string array_in_sentence(const ArrayRow& row) {
  if (row.kind == ArrayKind::named) return "the array " + row.name;
  if (row.kind != ArrayKind::heap && row.kind != ArrayKind::mapping) return row.name;
  const std::string what = row.blocks == 1 ? "array" : counted_noun(row.blocks, "block");
  return fmt::format("the {} {}", what, row.name);
}

// Misses in code of which no line is known.
std::uint64_t misses_without_lines(const MissSummary& summary) {
  std::uint64_t misses = 0;
  for (const CodeRow& row : summary.tables.lines.rows) {
    if (row.place.file.empty()) misses += data_misses(row.levels[summary.tables.level]);
  }
  return misses;
}

// "L1i": the cache that fetches meet where the level is split.
std::string code_level_name(std::string name) {
  if (name.ends_with('d')) name.back() = 'i';
  return name;
}

std::string fetches_sentence(const MissSummary& summary) {
  std::vector<std::string> parts;
  for (std::size_t level = 0; level < summary.level_names.size(); ++level) {
    parts.push_back(fmt::format("{} {}", grouped(static_cast<double>(summary.tables.lines.total.levels[level].fetches)),
                                code_level_name(summary.level_names[level])));
  }
  return "misses are those of loads and stores; instruction fetches, which no table holds, missed besides: " +
         listed(parts);
}

}  // namespace

std::string code_row_name(const CodeRow& row) {
  return place_name(row.place);
}

std::string array_row_name(const ArrayRow& row) {
  if (row.bytes == 0) return row.name;
  if (row.blocks <= 1) return fmt::format("{}, {}", row.name, shown_bytes(row.bytes));
  return fmt::format("{}, {} blocks, {} in all", row.name, grouped(static_cast<double>(row.blocks)),
                     shown_bytes(row.bytes));
}

std::string answer_sentence(const MissSummary& summary) {
  const MissTables& tables = summary.tables;
  const std::string& level = summary.level_names[tables.level];
  const auto share = [&](const auto& table) {
    return shown_share(miss_share(table.rows.front().levels, table.total.levels, tables.level).value_or(0));
  };
  if (tables.lines.rows.empty()) return fmt::format("no load and no store missed {}", level);
  const std::string where =
      fmt::format("{} happen in {}", share(tables.lines), code_row_name(tables.lines.rows.front()));
  if (tables.arrays.rows.empty()) return fmt::format("of the {} misses, {}", level, where);
  return fmt::format("{} of the {} misses come from {}, and {}", share(tables.arrays), level,
                     array_in_sentence(tables.arrays.rows.front()), where);
}

std::vector<std::string> misses_context(const MissSummary& summary) {
  std::string counted = "counted: the whole process";
  if (summary.entries) {
    counted = "counted: the marked region only, " + shown_entries({*summary.entries, *summary.entries});
  }
  if (summary.processes > 1) {
    counted += fmt::format("; {} program images were run, and are summed", summary.processes);
  }
  if (summary.threads > summary.processes) counted += fmt::format("; {} threads, summed", summary.threads);
  std::vector<std::string> sentences = {counted};
  for (const auto& sentence : simulation_sentences(summary.simulation, summary.shortened)) {
    sentences.push_back(sentence);
  }
  sentences.push_back(
      "the counts are exact, and the same in every run in this environment; csv and json have every digit");
  sentences.push_back(fetches_sentence(summary));
  if (const auto misses = misses_without_lines(summary); misses > 0) {
    sentences.push_back(
        fmt::format("{} of the {} misses shown are in code without debug information: compile it with -g "
                    "to see its lines",
                    grouped(static_cast<double>(misses)), summary.level_names[summary.tables.level]));
  }
  sentences.insert(sentences.end(), summary.notes.begin(), summary.notes.end());
  return sentences;
}

}  // namespace countercheck
