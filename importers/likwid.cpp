#include "importers/likwid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <stdexcept>
#include <vector>

#include "importers/text_lines.hpp"

namespace countercheck {
namespace {

constexpr std::size_t kMostFields = 4096;  // cores of one machine
constexpr std::string_view kRunTime = "Runtime (RDTSC) [s]";

using Fields = std::vector<std::string_view>;

// Lines are filled up with commas to the length of the longest.
Fields fields_of(std::string_view line) {
  Fields fields;
  while (fields.size() < kMostFields) {
    const std::size_t end = line.find(',');
    fields.push_back(without_blanks(line.substr(0, end)));
    if (end == std::string_view::npos) break;
    line.remove_prefix(end + 1);
  }
  while (!fields.empty() && fields.back().empty()) fields.pop_back();
  return fields;
}

std::optional<double> real(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && std::isfinite(value) && value >= 0 ? std::optional(value) : std::nullopt;
}

// A table's own line: "TABLE,Group 1 Raw,MEM,8" or "TABLE,Region sweep,Group 1 Raw STAT,MEM,8".
struct Table {
  std::string region;
  std::string group;  // "Group 1"
  std::string kind;   // "Raw", "Raw STAT", "Metric", "Metric STAT"
};

Table table_of(const Fields& fields) {
  constexpr std::string_view kRegion = "Region ";
  Table table;
  std::size_t at = 1;
  if (at < fields.size() && fields[at].starts_with(kRegion)) table.region = fields[at++].substr(kRegion.size());
  if (at >= fields.size() || !fields[at].starts_with("Group ")) return table;
  const std::size_t space = fields[at].find(' ', std::string_view("Group ").size());
  if (space == std::string_view::npos) return table;
  table.group = fields[at].substr(0, space);
  table.kind = fields[at].substr(space + 1);
  return table;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : lines_(text) { imported_.tool = "likwid-perfctr"; }

  Imported read() {
    while (lines_.next()) {
      const Fields fields = fields_of(lines_.line());
      if (!fields.empty()) take(fields);
    }
    for (const std::string& name : metrics_) {
      leave_out(imported_, fmt::format("metric '{}'", name), "likwid worked it out from its counts");
    }
    std::erase_if(imported_.variants,
                  [](const ImportedVariant& variant) { return variant.samples.front().readings.empty(); });
    if (imported_.variants.empty()) throw std::runtime_error("it holds no table of raw counts of likwid-perfctr");
    return std::move(imported_);
  }

 private:
  void take(const Fields& fields) {
    if (fields[0] == "TABLE") return open(fields);
    if (fields[0] == "STRUCT") {
      table_ = {};
      return;
    }
    if (fields[0] == "CPU name:" && fields.size() > 1) {
      imported_.cpu = fields[1];
      return;
    }
    if (fields[0] == "CPU type:" || fields[0] == "CPU clock:") return;
    if (table_.kind == "Raw") return take_raw(fields);
    if (table_.kind == "Metric") return take_metric(fields);
    if (table_.kind == "Raw STAT" || table_.kind == "Metric STAT") return;
    leave_out(imported_, lines_.place(), "it belongs to no table of likwid-perfctr: " + quoted_start(lines_.line()));
  }

  void open(const Fields& fields) {
    table_ = table_of(fields);
    if (table_.group.empty()) {
      return leave_out(imported_, lines_.place(), "it begins no table that is known: " + quoted_start(lines_.line()));
    }
    if (group_.empty()) group_ = table_.group;
    if (table_.group != group_) {
      throw std::runtime_error(
          "it has several groups, which took turns on the counters: countercheck reads counts of whole runs only, so "
          "measure one group at a time");
    }
    imported_.region = imported_.region || !table_.region.empty();
    const auto [place, is_new] = places_.try_emplace(table_.region, imported_.variants.size());
    if (is_new) imported_.variants.push_back({.name = table_.region, .samples = {ImportedSample{}}});
    at_ = place->second;
    if (table_.kind == "Raw") names_.clear();
  }

  void take_raw(const Fields& fields) {
    if (fields[0] == "Event" || fields[0] == "Region Info") return;
    if (fields[0] == "call count") return take_calls(fields);
    if (fields[0] == "RDTSC Runtime [s]") return take_time(fields, 1);
    if (fields.size() < 3) {
      return leave_out(imported_, lines_.place(), "it is no row of counts: " + quoted_start(lines_.line()));
    }
    if (fields[0] == kRunTime) return take_time(fields, 2);
    double sum = 0;
    for (std::size_t core = 2; core < fields.size(); ++core) {
      const auto value = fields[core] == "-" ? std::optional(0.0) : real(fields[core]);
      if (!value) {
        return leave_out(imported_, lines_.place(), fmt::format("'{}' is no count", fields[core]));
      }
      sum += *value;
    }
    if (sum >= 0x1p63) return leave_out(imported_, lines_.place(), "its sum is larger than any counter holds");
    std::string name(fields[0]);
    if (!names_.insert(name).second) name += ":" + std::string(fields[1]);  // channels of memory, each its own counter
    add({.event = name, .unit = Unit::count, .value = static_cast<std::uint64_t>(std::llround(sum))});
  }

  // A region is entered by each thread for itself.
  void take_calls(const Fields& fields) {
    double calls = 0;
    for (std::size_t core = 1; core < fields.size(); ++core) calls += real(fields[core]).value_or(0);
    if (calls < 0x1p63) {
      imported_.variants[at_].samples.front().region_entries = static_cast<std::uint64_t>(std::llround(calls));
    }
  }

  void take_metric(const Fields& fields) {
    if (fields[0] == "Metric") return;
    if (fields[0] == kRunTime) return take_time(fields, 1);
    metrics_.emplace(fields[0]);
  }

  // The run takes as long as its slowest thread.
  void take_time(const Fields& fields, std::size_t first) {
    double longest = -1;
    for (std::size_t core = first; core < fields.size(); ++core)
      longest = std::max(longest, real(fields[core]).value_or(-1));
    if (longest < 0 || longest > 1e9) return leave_out(imported_, lines_.place(), "it is no time in seconds");
    add({.event = "wall-time",
         .unit = Unit::nanoseconds,
         .value = static_cast<std::uint64_t>(std::llround(longest * 1e9))});
  }

  void add(Reading reading) {
    if (!seen_.emplace(at_, reading.event).second) {
      if (reading.event == "wall-time") return;  // a region has it twice, rounded
      return leave_out(imported_, lines_.place(), fmt::format("there is a '{}' already", reading.event));
    }
    reading.source = Source::import;
    imported_.variants[at_].samples.front().readings.push_back(std::move(reading));
  }

  TextLines lines_;
  Imported imported_;
  Table table_;
  std::string group_;
  std::size_t at_ = 0;                                  // the variant of the table
  std::map<std::string, std::size_t> places_;           // of a region among the variants
  std::set<std::string> names_;                         // of events in the table
  std::set<std::pair<std::size_t, std::string>> seen_;  // variants and their events
  std::set<std::string> metrics_;                       // that are not read
};

}  // namespace

bool looks_like_likwid(std::string_view text) {
  return text.find("TABLE,Group ") != std::string_view::npos || text.find("TABLE,Region ") != std::string_view::npos;
}

Imported read_likwid(std::string_view text) {
  return Reader(text).read();
}

}  // namespace countercheck
