#include "reports/misses_csv.hpp"

#include <ostream>
#include <utility>

#include "reports/csv.hpp"
#include "reports/quantities.hpp"

namespace countercheck {
namespace {

using Fields = std::vector<std::string>;

Fields own_fields(const ArrayRow& row, bool named) {
  const std::string kind(named ? name_of(kArrayKindNames, row.kind) : "");
  const std::string blocks = row.blocks > 0 ? std::to_string(row.blocks) : "";
  const std::string bytes = row.blocks > 0 ? std::to_string(row.bytes) : "";
  return {kind, "", "", "", blocks, bytes, "", "", "", "", ""};
}

Fields own_fields(const CodeRow& row, bool) {
  return {"",
          row.place.file,
          row.place.line > 0 ? std::to_string(row.place.line) : "",
          row.place.object,
          "",
          "",
          std::to_string(row.instructions),
          std::to_string(row.loads),
          std::to_string(row.stores),
          std::to_string(row.branches),
          std::to_string(row.mispredicted)};
}

// An array is never fetched from.
std::string fetches_of(const ArrayRow&, std::size_t) {
  return "";
}

std::string fetches_of(const CodeRow& row, std::size_t level) {
  return std::to_string(row.levels[level].fetches);
}

class Lines {
 public:
  Lines(std::ostream& out, const MissSummary& summary) : out_(out), summary_(summary) {
    Fields heads = {"table",  "name",  "machine",      "counted", "kind",   "file",     "line",        "object",
                    "blocks", "bytes", "instructions", "loads",   "stores", "branches", "mispredicted"};
    for (const std::string& level : summary.level_names) {
      for (const char* what : {"_fetch_misses", "_load_misses", "_store_misses"}) heads.push_back(level + what);
    }
    heads.push_back("share_of_" + summary.level_names[summary.tables.level]);
    put(heads);
  }

  template <typename Row, typename Name>
  void put_table(const std::string& table, const MissTable<Row>& rows, Name name) {
    for (const Row& row : rows.rows) put_row(table, name(row), row, rows.total, true);
    put_row(table, "others", rows.others, rows.total, false);
    put_row(table, "all", rows.total, rows.total, false);
  }

 private:
  template <typename Row>
  void put_row(const std::string& table, const std::string& name, const Row& row, const Row& total, bool named) {
    Fields fields = {table, name, summary_.simulation.machine, summary_.entries ? "region" : "whole"};
    for (std::string& field : own_fields(row, named)) fields.push_back(std::move(field));
    for (std::size_t level = 0; level < row.levels.size(); ++level) {
      fields.push_back(fetches_of(row, level));
      fields.push_back(std::to_string(row.levels[level].loads));
      fields.push_back(std::to_string(row.levels[level].stores));
    }
    const auto share = miss_share(row.levels, total.levels, summary_.tables.level);
    fields.push_back(share ? plain_number(*share) : "");
    put(fields);
  }

  void put(const Fields& fields) {
    for (std::size_t at = 0; at < fields.size(); ++at) out_ << (at > 0 ? "," : "") << csv_field(fields[at]);
    out_ << '\n';
  }

  std::ostream& out_;
  const MissSummary& summary_;
};

}  // namespace

MissesCsv::MissesCsv(MissSummary summary) : summary_(std::move(summary)) {}

void MissesCsv::render(std::ostream& out) const {
  Lines lines(out, summary_);
  const auto function = [](const CodeRow& row) { return row.place.function; };
  lines.put_table("arrays", summary_.tables.arrays, [](const ArrayRow& row) { return row.name; });
  lines.put_table("functions", summary_.tables.functions, function);
  lines.put_table("lines", summary_.tables.lines, function);
}

}  // namespace countercheck
