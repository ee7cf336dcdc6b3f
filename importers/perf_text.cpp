#include "importers/perf_text.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <stdexcept>
#include <utility>

#include "importers/perf_row.hpp"
#include "importers/printed_number.hpp"
#include "importers/text_lines.hpp"

namespace countercheck {
namespace {

constexpr std::string_view kTitle = "Performance counter stats for ";

// Lines that perf adds and that hold no count.
constexpr std::string_view kAdvice[] = {"Some events weren't counted",
                                        "echo 0 > /proc/sys/kernel/nmi_watchdog",
                                        "echo 1 > /proc/sys/kernel/nmi_watchdog",
                                        "perf stat ...",
                                        "The events in group usually have to be from the same PMU",
                                        "WARNING: grouped events cpus do not match",
                                        "WARNING: events in group from different hybrid PMUs"};

struct Time {
  std::string_view words;
  std::string_view event;
};
constexpr Time kTimes[] = {
    {"seconds time elapsed", "wall-time"}, {"seconds user", "user-time"}, {"seconds sys", "system-time"}};

struct Heading {
  std::string name;
  PerfRuns runs{};
};

// "'./a.out 1' (3 runs):"
Heading heading_of(std::string_view text) {
  Heading heading;
  if (text.ends_with(':')) text.remove_suffix(1);
  constexpr std::string_view kRuns = " runs)";
  const std::size_t bracket = text.rfind(" (");
  if (text.ends_with(kRuns) && bracket != std::string_view::npos) {
    const std::string_view number = text.substr(bracket + 2, text.size() - kRuns.size() - bracket - 2);
    unsigned runs = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), runs);
    if (error == std::errc() && end == number.data() + number.size()) {
      if (runs > 1) heading.runs = {true, runs};
      text = text.substr(0, bracket);
    }
  }
  const auto quoted = [&](char mark) { return text.size() >= 2 && text.front() == mark && text.back() == mark; };
  if (quoted('\'') || quoted('"')) text = text.substr(1, text.size() - 2);
  heading.name = text;
  return heading;
}

// Takes "(…%)" or "[…%]" with this beginning from the end of the text and gives the number in it.
std::optional<std::string_view> take_share(std::string_view& text, std::string_view mark) {
  text = without_blanks(text);
  constexpr std::array<std::pair<char, char>, 2> kBrackets = {{{'(', ')'}, {'[', ']'}}};
  for (const auto& [open, close] : kBrackets) {
    const std::size_t from = text.rfind(open);
    if (text.empty() || text.back() != close || from == std::string_view::npos) continue;
    std::string_view inside = without_blanks(text.substr(from + 1, text.size() - from - 2));
    if (!inside.starts_with(mark) || !inside.ends_with('%')) continue;
    inside = without_blanks(inside.substr(mark.size(), inside.size() - mark.size() - 1));
    if (inside.empty() || inside.find_first_not_of("0123456789.,") != std::string_view::npos) continue;
    text = without_blanks(text.substr(0, from));
    return inside;
  }
  return std::nullopt;
}

// What stands behind the number, right to left: coverage and spread in either order, then perf's own metric.
struct Tail {
  std::string coverage;
  std::optional<double> relative_error;
};
Tail take_tail(std::string_view& text) {
  Tail tail;
  for (bool found = true; found;) {
    found = false;
    if (const auto spread = take_share(text, "+-")) {
      if (const auto percent = as_real(*spread)) tail.relative_error = *percent / 100;
      found = true;
    } else if (const auto scaled = take_share(text, "scaled from")) {
      tail.coverage = *scaled;
      found = true;
    } else if (const auto coverage = take_share(text, "")) {
      tail.coverage = *coverage;
      found = true;
    }
  }
  const std::size_t metric = text.find('#');
  text = without_blanks(text.substr(0, metric));
  return tail;
}

// The count that a text begins with: "<not counted>" or a number. Empty: neither.
std::string_view leading_value(std::string_view text) {
  for (const std::string_view word : {"<not counted>", "<not supported>"}) {
    if (text.starts_with(word)) return word;
  }
  const auto number = leading_number(text);
  return number ? text.substr(0, number->length) : std::string_view();
}

class Reader {
 public:
  explicit Reader(std::string_view text) : lines_(text) { imported_.tool = "perf stat"; }

  Imported read() {
    while (lines_.next()) take(without_blanks(lines_.line()));
    close();
    if (imported_.variants.empty()) throw std::runtime_error("it holds no counts of perf stat");
    return std::move(imported_);
  }

 private:
  void take(std::string_view line) {
    if (line.empty()) return;
    if (line.starts_with("#") && line.find("time") < line.find("counts unit events") &&
        line.find("counts unit events") != std::string_view::npos) {
      throw std::runtime_error(refusal_of("-I"));
    }
    if (line.starts_with(kTitle)) return open(line.substr(kTitle.size()));
    if (line.starts_with('#')) {
      if (!block_) leave_out(imported_, lines_.place(), "it is a remark: " + quoted_start(line));
      return;  // else a metric of the row above
    }
    if (!block_) return leave_out(imported_, lines_.place(), "it stands before the counts: " + quoted_start(line));
    if (take_time(line) || (!elapsed_ && take_row(line))) return;
    for (const std::string_view advice : kAdvice) {
      if (line.starts_with(advice)) return;
    }
    if (!elapsed_) refuse_part(line);
    leave_out(imported_, lines_.place(), "it is no row of perf stat: " + quoted_start(line));
  }

  void open(std::string_view title) {
    close();
    heading_ = heading_of(title);
    block_.emplace(imported_, heading_.runs);
    elapsed_ = false;
  }

  void close() {
    if (!block_) return;
    ImportedSample sample = block_->take();
    block_.reset();
    if (sample.readings.empty()) return leave_out(imported_, "'" + heading_.name + "'", "there is no count in it");
    imported_.variants.push_back({.name = heading_.name, .samples = {std::move(sample)}});
  }

  // "3.233 +- 0.320 seconds time elapsed  ( +-  9.88% )"
  bool take_time(std::string_view line) {
    for (const Time& time : kTimes) {
      const std::size_t at = line.find(time.words);
      if (at == std::string_view::npos) continue;
      std::string_view behind = line.substr(at + time.words.size());
      const Tail tail = take_tail(behind);
      std::string_view before = without_blanks(line.substr(0, at));
      const std::string_view value = leading_value(before);
      if (!behind.empty() || value.empty() || value.front() == '<') continue;
      before = without_blanks(before.substr(value.size()));
      if (!before.empty() && !before.starts_with("+-")) continue;
      block_->add_time(lines_.place(), time.event, value, tail.relative_error);
      elapsed_ = true;
      return true;
    }
    return false;
  }

  // "1,234  msec task-clock   #  0.9 CPUs utilized   ( +-  0.12% )  (83.21%)"
  bool take_row(std::string_view line) {
    const std::string_view value = leading_value(line);
    std::string_view rest = line.substr(value.size());
    if (value.empty() || !rest.starts_with(' ')) return false;
    const Tail tail = take_tail(rest);
    if (!leading_value(rest).empty()) return false;
    PerfRow row{.place = lines_.place(),
                .value = std::string(value),
                .coverage = tail.coverage,
                .relative_error = tail.relative_error};
    row.event = take_word(rest);
    if (!rest.empty()) row.unit = std::exchange(row.event, std::string(take_word(rest)));
    if (row.event.empty() || !rest.empty()) return false;
    block_->add(row);
    return true;
  }

  // "CPU0   1291   page-faults": the count is not that of the whole.
  void refuse_part(std::string_view line) const {
    const std::string form = aggregation_of(take_word(line));
    const std::string_view value = leading_value(line);
    if (!form.empty() && !value.empty() && line.substr(value.size()).starts_with(' ')) {
      throw std::runtime_error(refusal_of(form));
    }
  }

  TextLines lines_;
  Imported imported_;
  Heading heading_;
  std::optional<PerfBlock> block_;
  bool elapsed_ = false;  // the times end a block: what comes behind them is another program's
};

}  // namespace

bool looks_like_perf_text(std::string_view text) {
  return text.find(kTitle) != std::string_view::npos || text.find("counts unit events") != std::string_view::npos;
}

Imported read_perf_text(std::string_view text) {
  return Reader(text).read();
}

}  // namespace countercheck
