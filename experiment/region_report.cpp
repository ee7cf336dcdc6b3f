#include "experiment/region_report.hpp"

#include <bit>
#include <charconv>
#include <optional>

namespace countercheck {
namespace {

template <typename Number>
std::optional<Number> parse(std::string_view text, int base) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// The value of "key=value" among words separated by blanks.
std::optional<std::uint64_t> field(std::string_view line, std::string_view key, int base = 10) {
  while (!line.empty()) {
    const auto blank = line.find(' ');
    const auto word = line.substr(0, blank);
    if (word.size() > key.size() && word.starts_with(key) && word[key.size()] == '=') {
      return parse<std::uint64_t>(word.substr(key.size() + 1), base);
    }
    line.remove_prefix(blank == std::string_view::npos ? line.size() : blank + 1);
  }
  return std::nullopt;
}

void add_entry(std::string_view line, RegionReport& report) {
  const auto wall = field(line, "wall_ns");
  const auto owner = field(line, "owner");
  if (!wall || !owner) return;
  const auto grow = [&](std::uint64_t& total, std::string_view key) { total += field(line, key).value_or(0); };
  if (report.by_owner && *owner == 0) return;
  if (!report.by_owner && *owner != 0) report = RegionReport{.by_owner = true, .usage = {}, .digest = report.digest};
  ++report.entries;
  report.usage.wall_ns += *wall;
  grow(report.work_items, "items");
  grow(report.usage.minor_faults, "minflt");
  grow(report.usage.major_faults, "majflt");
  grow(report.usage.voluntary_switches, "nvcsw");
  grow(report.usage.involuntary_switches, "nivcsw");
  grow(report.usage.user_us, "utime_us");
  grow(report.usage.system_us, "stime_us");
}

void add_digest(std::string_view line, RegionReport& report) {
  if (const auto exact = field(line, "exact", 16)) report.digest.emplace_back(*exact);
  if (const auto real = field(line, "real", 16)) report.digest.emplace_back(std::bit_cast<double>(*real));
}

}  // namespace

RegionReport parse_region_report(std::string_view lines) {
  RegionReport report;
  while (!lines.empty()) {
    const auto end = lines.find('\n');
    if (end == std::string_view::npos) break;  // a line cut short tells nothing reliable
    const auto line = lines.substr(0, end);
    lines.remove_prefix(end + 1);
    if (line.starts_with("region ")) add_entry(line.substr(7), report);
    if (line.starts_with("digest ")) add_digest(line.substr(7), report);
  }
  return report;
}

}  // namespace countercheck
