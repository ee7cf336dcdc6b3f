#include "importers/perf_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "importers/perf_row.hpp"
#include "importers/printed_number.hpp"
#include "importers/text_lines.hpp"

namespace countercheck {
namespace {

constexpr std::string_view kSeparators[] = {",", ";", "\t", "|", ":", "@", "#", "!", "^", "~", " "};
constexpr std::size_t kMostFields = 16;
constexpr std::size_t kSampleLines = 100;  // by which the separator is told

using Fields = std::vector<std::string_view>;

Fields fields_of(std::string_view line, std::string_view separator) {
  Fields fields;
  while (fields.size() < kMostFields) {
    const std::size_t end = line.find(separator);
    fields.push_back(without_blanks(line.substr(0, end)));
    if (end == std::string_view::npos) break;
    line.remove_prefix(end + separator.size());
  }
  return fields;
}

bool is_value(std::string_view field) {
  if (field == "<not counted>" || field == "<not supported>") return true;
  const auto number = leading_number(field);
  return number && number->length == field.size();
}

bool is_unit(std::string_view field) {
  constexpr std::string_view kUnits[] = {"", "msec", "ns", "Joules", "Bytes", "KiB", "MiB", "GiB", "C", "%"};
  return std::find(std::begin(kUnits), std::end(kUnits), field) != std::end(kUnits);
}

bool is_name(std::string_view field) {
  return !field.empty() && !is_value(field) && field.back() != '%';
}

bool is_share(std::string_view field) {
  return field.ends_with('%') && as_real(field.substr(0, field.size() - 1));
}

// Where the event's name is, in a line that begins with a count: behind the value or behind the unit.
std::optional<std::size_t> name_at(const Fields& fields) {
  if (fields.size() < 2 || !is_value(fields[0])) return std::nullopt;
  if (fields.size() >= 3 && is_unit(fields[1]) && is_name(fields[2])) return 2;
  return is_name(fields[1]) ? std::optional<std::size_t>(1) : std::nullopt;
}

// What the fields of one line are. Empty: they are not those of a count.
std::optional<PerfRow> row_of(const Fields& fields) {
  const auto name = name_at(fields);
  if (!name) return std::nullopt;
  PerfRow row{.value = std::string(fields[0]), .event = std::string(fields[*name])};
  if (*name == 2) row.unit = fields[1];
  std::size_t next = *name + 1;
  if (next < fields.size() && is_share(fields[next])) {
    row.relative_error = *as_real(fields[next].substr(0, fields[next].size() - 1)) / 100;
    ++next;
  }
  if (next + 1 < fields.size() && is_value(fields[next]) && as_real(fields[next + 1])) row.coverage = fields[next + 1];
  return row;
}

// "CPU0,1956,,page-faults,…" and "0.023977448,76,,page-faults,…"
std::string part_of(const Fields& fields) {
  for (std::size_t before = 1; before <= 2 && before + 2 <= fields.size(); ++before) {
    const Fields rest(fields.begin() + static_cast<std::ptrdiff_t>(before), fields.end());
    if (!row_of(rest)) continue;
    const std::string form = aggregation_of(fields[0]);
    if (!form.empty()) return form;
    if (before == 1 && is_value(fields[0]) && fields[0].find('.') != std::string_view::npos) return "-I";
  }
  return "";
}

// With the comma as decimal sign and as separator numbers are in two pieces: "12,34,msec,task-clock", and behind the
// name "0,12%" and "83,21", which perf always gives two decimals.
bool is_torn(const Fields& fields) {
  const auto is_whole = [&](std::size_t at) {
    return at < fields.size() && is_value(fields[at]) && fields[at].find_first_of(".,") == std::string_view::npos;
  };
  if (fields.size() >= 4 && is_whole(0) && is_whole(1) && is_unit(fields[2]) && is_name(fields[3])) return true;
  const auto name = name_at(fields);
  if (!name) return false;
  const std::size_t next = *name + 1;
  if (is_whole(next) && next + 1 < fields.size() && is_share(fields[next + 1])) return true;
  const std::size_t run_time = next < fields.size() && is_share(fields[next]) ? next + 1 : next;
  return is_whole(run_time) && is_whole(run_time + 1);
}

// The one by which most of the first lines are rows; empty: none.
std::string_view separator_of(std::string_view text) {
  std::string_view best;
  std::size_t most = 0;
  for (const std::string_view separator : kSeparators) {
    std::size_t rows = 0;
    TextLines lines(text);
    while (lines.number() < kSampleLines && lines.next()) {
      const Fields fields = fields_of(lines.line(), separator);
      if (row_of(fields) || is_torn(fields) || !part_of(fields).empty()) ++rows;
    }
    if (rows > most) {
      most = rows;
      best = separator;
    }
  }
  return best;
}

}  // namespace

// A number and a word on a line are not yet perf's: the word must be an event, or perf's other fields there.
bool looks_like_perf_csv(std::string_view text) {
  const std::string_view separator = separator_of(text);
  TextLines lines(text);
  while (!separator.empty() && lines.number() < kSampleLines && lines.next()) {
    const Fields fields = fields_of(lines.line(), separator);
    const auto row = row_of(fields);
    if (row && (!row->coverage.empty() || is_known(row->event))) return true;
    if (!row && (is_torn(fields) || !part_of(fields).empty())) return true;
  }
  return false;
}

Imported read_perf_csv(std::string_view text) {
  const std::string_view separator = separator_of(text);
  if (separator.empty()) throw std::runtime_error("it holds no counts of perf stat -x");
  Imported imported{.tool = "perf stat -x"};
  const auto rows = [&](auto take) {
    TextLines lines(text);
    while (lines.next()) {
      if (!lines.line().empty()) take(lines, fields_of(lines.line(), separator));
    }
  };
  PerfRuns runs;
  rows([&](const TextLines&, const Fields& fields) {
    const auto row = row_of(fields);
    runs.summarised = runs.summarised || (row && row->relative_error);
  });
  PerfBlock block(imported, runs);
  rows([&](const TextLines& lines, const Fields& fields) {
    if (lines.line().starts_with('#'))
      return leave_out(imported, lines.place(), "it is a remark: " + quoted_start(lines.line()));
    if (is_torn(fields)) {
      return leave_out(imported, lines.place(),
                       fmt::format("its decimal sign is the separator too, so where a number ends cannot be told (use "
                                   "perf stat -x ';'): {}",
                                   quoted_start(lines.line())));
    }
    auto row = row_of(fields);
    if (!row) {
      if (const std::string form = part_of(fields); !form.empty()) throw std::runtime_error(refusal_of(form));
      return leave_out(imported, lines.place(), "it is no row of perf stat -x: " + quoted_start(lines.line()));
    }
    row->place = lines.place();
    block.add(*row);
  });
  imported.variants.push_back({.samples = {block.take()}});
  if (imported.variants.front().samples.front().readings.empty()) {
    throw std::runtime_error(imported.unread.empty()
                                 ? "it holds no counts of perf stat -x"
                                 : imported.unread.front().place + ": " + imported.unread.front().why);
  }
  return imported;
}

}  // namespace countercheck
