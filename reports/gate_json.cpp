#include "reports/gate_json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <ostream>

#include "reports/expectation_sentences.hpp"
#include "reports/gate_sentences.hpp"
#include "reports/units.hpp"

namespace countercheck {
namespace {

using nlohmann::json;

// A bound that is none is null: JSON has no infinity.
json bound(double value) {
  return std::isfinite(value) ? json(value) : json();
}

json node_of(const Cell& cell) {
  json node = {{"samples", cell.n}, {"median", cell.median}, {"exact", cell.exact}};
  if (cell.standard_deviation) node["standard-deviation"] = *cell.standard_deviation;
  if (cell.coverage < 1) node["coverage"] = cell.coverage;
  return node;
}

json node_of(const GateMatch& match, const GateRow& row) {
  const Row& shown = match.comparison.rows[row.row];
  const Judged& judged = row.judged;
  json node = {{"event", shown.key},
               {"unit", unit_name(shown.measure, shown.per_item, match.comparison.work_item)},
               {"baseline", node_of(shown.cells[match.comparison.baseline])},
               {"candidate", node_of(shown.cells[match.candidate])},
               {"verdict", to_string(judged.verdict)},
               {"decides", row.decides},
               {"exact", judged.exact},
               {"across-machines", row.across}};
  if (shown.source) node["source"] = to_string(*shown.source);
  if (judged.ratio) node["ratio"] = bound(*judged.ratio);
  if (is_compared(judged)) {
    node["low"] = bound(judged.low);
    node["high"] = bound(judged.high);
  }
  if (judged.both_zero) node["both-zero"] = true;
  if (!judged.why.empty()) node["why"] = judged.why;
  return node;
}

json node_of(const Gate& gate, const GateMatch& match) {
  json node = {{"name", match.name},
               {"answer", to_string(match.answer)},
               {"paired", match.paired},
               {"events", json::array()},
               {"not-counted", json::array()},
               {"expectations", json::array()},
               {"notes", match_sentences(gate, match, true)}};
  for (const GateRow& row : match.rows) node["events"].push_back(node_of(match, row));
  for (const GateLack& lack : match.lacking) node["not-counted"].push_back({{"event", lack.event}, {"why", lack.why}});
  for (const GateExpectation& one : match.expectations) {
    node["expectations"].push_back({{"text", one.judgement.text},
                                    {"answer", to_string(one.judgement.holds)},
                                    {"sentence", expectation_sentence(one.judgement)}});
  }
  return node;
}

}  // namespace

void GateJson::render(std::ostream& out) const {
  json root = {{"format", "countercheck gate"},
               {"schema", 1},
               {"answer", to_string(gate_.answer)},
               {"sentence", answer_sentence(gate_)},
               {"baseline", gate_.terms.baseline},
               {"candidate", gate_.terms.candidate},
               {"how", gate_.terms.how},
               {"tolerance", gate_.terms.tolerance},
               {"confidence", gate_.terms.confidence},
               {"matches", json::array()}};
  for (const GateMatch& match : gate_.matches) root["matches"].push_back(node_of(gate_, match));
  // A name from outside may be no UTF-8, which JSON must be.
  out << root.dump(1, ' ', false, json::error_handler_t::replace) << '\n';
}

}  // namespace countercheck
