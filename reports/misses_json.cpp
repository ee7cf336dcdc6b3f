#include "reports/misses_json.hpp"

#include <nlohmann/json.hpp>
#include <ostream>
#include <utility>

#include "reports/misses_sentences.hpp"

namespace countercheck {
namespace {

using nlohmann::json;

// A name from outside may be no UTF-8, which JSON must be.
constexpr auto kReplace = json::error_handler_t::replace;

void put_misses(json& node, const std::vector<Misses>& levels) {
  for (const Misses& misses : levels) {
    node["misses"].push_back({{"fetches", misses.fetches}, {"loads", misses.loads}, {"stores", misses.stores}});
  }
}

json node_of(const ArrayRow& row) {
  json node;
  if (row.blocks > 0) node = {{"blocks", row.blocks}, {"bytes", row.bytes}};
  put_misses(node, row.levels);
  return node;
}

json node_of(const CodeRow& row) {
  json node = {{"instructions", row.instructions},
               {"loads", row.loads},
               {"stores", row.stores},
               {"branches", row.branches},
               {"mispredicted", row.mispredicted}};
  put_misses(node, row.levels);
  return node;
}

void put_name(json& node, const ArrayRow& row) {
  node["name"] = row.name;
  node["kind"] = name_of(kArrayKindNames, row.kind);
  if (row.blocks > 0) node["largest"] = row.largest;
}

void put_name(json& node, const CodeRow& row) {
  const CodePlace& place = row.place;
  if (!place.function.empty()) node["function"] = place.function;
  if (!place.file.empty()) node["file"] = place.file;
  if (place.line > 0) node["line"] = place.line;
  if (!place.object.empty()) node["object"] = place.object;
}

template <typename Row>
json table_of(const MissTable<Row>& table, std::size_t level) {
  json rows = json::array();
  for (const Row& row : table.rows) {
    json node = node_of(row);
    put_name(node, row);
    if (const auto share = miss_share(row.levels, table.total.levels, level)) node["share"] = *share;
    rows.push_back(std::move(node));
  }
  return {
      {"rows", rows}, {"left-out", table.left_out}, {"others", node_of(table.others)}, {"all", node_of(table.total)}};
}

json listing_of(const Listing& listing) {
  json parts = json::array();
  for (const ListingPart& part : listing.parts) {
    json node = {{"lines", json::array()}};
    if (!part.path.empty()) node["file"] = part.path;
    if (!part.trouble.empty()) node["trouble"] = part.trouble;
    for (const ListingLine& line : part.lines) {
      json one = line.counts ? node_of(*line.counts) : json::object();
      one["line"] = line.number;
      one["text"] = line.text;
      node["lines"].push_back(std::move(one));
    }
    parts.push_back(std::move(node));
  }
  return {{"name", listing.name}, {"parts", parts}};
}

}  // namespace

MissesJson::MissesJson(MissSummary summary) : summary_(std::move(summary)) {}

void MissesJson::render(std::ostream& out) const {
  const MissTables& tables = summary_.tables;
  json root = {{"schema", 1},
               {"answer", answer_sentence(summary_)},
               {"command", summary_.command},
               {"source", "sim"},
               {"machine", summary_.simulation.machine},
               {"caches", summary_.simulation.caches},
               {"engine", summary_.simulation.engine},
               {"pinned", summary_.simulation.pinned},
               {"region", summary_.entries.has_value()},
               {"programs", summary_.processes},
               {"threads", summary_.threads},
               {"levels", summary_.level_names},
               {"level", summary_.level_names[tables.level]},
               {"context", misses_context(summary_)},
               {"arrays", table_of(tables.arrays, tables.level)},
               {"functions", table_of(tables.functions, tables.level)},
               {"lines", table_of(tables.lines, tables.level)},
               {"listings", json::array()}};
  if (summary_.entries) root["entries"] = *summary_.entries;
  if (summary_.shortened) root["steps"] = {{"done", summary_.shortened->steps}, {"of", summary_.shortened->of}};
  for (const Listing& listing : summary_.listings) root["listings"].push_back(listing_of(listing));
  out << root.dump(1, ' ', false, kReplace) << '\n';
}

}  // namespace countercheck
