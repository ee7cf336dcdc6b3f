#include "importers/perf_json.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "importers/perf_row.hpp"
#include "importers/text_lines.hpp"

namespace countercheck {
namespace {

using nlohmann::json;

// "pcnt-running" : 100,00
std::string with_decimal_points(std::string_view line) {
  const auto digit = [&](std::size_t at) { return at < line.size() && line[at] >= '0' && line[at] <= '9'; };
  std::string text(line);
  bool quoted = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '"' && (at == 0 || line[at - 1] != '\\')) quoted = !quoted;
    if (!quoted && line[at] == ',' && at > 0 && digit(at - 1) && digit(at + 1)) text[at] = '.';
  }
  return text;
}

// Discarded: it is no JSON.
json parsed(std::string_view line) {
  json value = json::parse(line, nullptr, false);
  return value.is_discarded() ? json::parse(with_decimal_points(line), nullptr, false) : value;
}

std::string text_at(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

std::optional<double> number_at(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number() ? std::optional(found->get<double>()) : std::nullopt;
}

// Keys of forms that do not count a whole run.
struct Part {
  const char* key;
  const char* option;
};
constexpr Part kParts[] = {
    {"interval", "-I"},          {"cpu", "-A"},          {"socket", "--per-socket"}, {"die", "--per-die"},
    {"core", "--per-core"},      {"node", "--per-node"}, {"thread", "--per-thread"}, {"cache", "--per-cache"},
    {"cluster", "--per-cluster"}};

void refuse_part(const json& object) {
  for (const Part& part : kParts) {
    if (object.contains(part.key)) throw std::runtime_error(refusal_of(part.option));
  }
}

PerfRow row_of(const json& object, std::string place) {
  PerfRow row{.place = std::move(place),
              .value = text_at(object, "counter-value"),
              .unit = text_at(object, "unit"),
              .event = text_at(object, "event")};
  if (const auto share = number_at(object, "pcnt-running"); share && *share >= 0)
    row.coverage = fmt::format("{:.2f}", *share);
  if (const auto spread = number_at(object, "variance"); spread && *spread >= 0) row.relative_error = *spread / 100;
  return row;
}

}  // namespace

bool looks_like_perf_json(std::string_view text) {
  return text.find("\"counter-value\"") != std::string_view::npos;
}

Imported read_perf_json(std::string_view text) {
  Imported imported{.tool = "perf stat -j"};
  std::vector<PerfRow> rows;
  PerfRuns runs;
  TextLines lines(text);
  while (lines.next()) {
    const std::string_view line = without_blanks(lines.line());
    if (line.empty()) continue;
    const json object = line.front() == '{' ? parsed(line) : json();
    if (!object.is_object()) {
      leave_out(imported, lines.place(), "it is no JSON object: " + quoted_start(line));
      continue;
    }
    refuse_part(object);
    if (!object.contains("counter-value") || text_at(object, "event").empty()) {
      leave_out(imported, lines.place(), "it is no count: " + quoted_start(line));
      continue;
    }
    rows.push_back(row_of(object, lines.place()));
    runs.summarised = runs.summarised || rows.back().relative_error;
  }
  PerfBlock block(imported, runs);
  for (const PerfRow& row : rows) block.add(row);
  imported.variants.push_back({.samples = {block.take()}});
  if (imported.variants.front().samples.front().readings.empty()) {
    throw std::runtime_error("it holds no counts of perf stat -j");
  }
  return imported;
}

}  // namespace countercheck
