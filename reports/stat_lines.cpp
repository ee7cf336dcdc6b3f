#include "reports/stat_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "analysis/statistics.hpp"
#include "counters/counted_noun.hpp"
#include "reports/quantities.hpp"
#include "reports/sentences.hpp"
#include "reports/simulation_sentences.hpp"

namespace countercheck {
namespace {

// What is printed below the counts, in perf's units and words.
struct Total {
  std::string_view event;
  double size;
  int decimals;
  std::string_view words;
};
constexpr Total kTotals[] = {{"wall-time", 1e9, 9, "seconds elapsed"},
                             {"user-time", 1e9, 9, "seconds user"},
                             {"system-time", 1e9, 9, "seconds sys"},
                             {"peak-rss", 0x1p20, 1, "MiB peak memory"}};

// perf prints the mean of several runs rounded; less than one is not to become none.
std::string shown_mean(double value) {
  return value > 0 && value < 0.5 ? significant(value, 2) : grouped(value);
}

std::string spread_of(const Aggregate& sum) {
  const auto share = relative(sum.standard_error, sum.mean);
  return share ? fmt::format("( ± {:.2f}% )", *share * 100) : "";
}

std::string annotation_text(const Annotation& annotation) {
  const Metric& metric = *annotation.metric;
  const double value = annotation.figure.of_means;
  if (metric.measure == Measure::per_second) return shown_rate(value);
  // A digit before the point at least four columns wide, as perf's formats %8.3f and %7.2f have it.
  std::string number = fmt::format("{:.{}f}", value, metric.decimals);
  if (value > 0 && number.find_first_not_of("0.") == std::string::npos) number = significant(value, 2);
  return fmt::format("{:>{}}{}", number, metric.decimals + 5, metric.words);
}

bool counted_by_papi(const StatRow& row) {
  return row.sum.n > 0 && row.sum.source == Source::papi;
}

std::string marks_of(const StatRow& row) {
  std::string marks;
  const auto add = [&](const std::string& mark) { marks += (marks.empty() ? "" : " ") + mark; };
  if (row.sum.n > 0 && row.sum.coverage < 1) {
    const std::string_view how = row.sum.scaled ? "estimated, counted" : "counted";
    add(fmt::format("[{} {} of the time]", how, shown_share(row.sum.coverage)));
  }
  if (row.sum.n > 0 && row.sum.source == Source::sim) add("[s]");
  if (counted_by_papi(row)) add("[a]");
  for (const std::size_t note : row.notes) add(fmt::format("[{}]", note + 1));
  return marks;
}

StatLine line_of(const StatRow& row, const StatSummary& summary) {
  const Aggregate& sum = row.sum;
  StatLine line{.value = {}, .name = row.name, .annotations = {}, .spread = spread_of(sum), .marks = marks_of(row)};
  const bool divided = summary.per == Per::work_item && sum.unit != Unit::bytes;
  if (sum.n == 0) {
    line.value = short_form(sum.missing->reason);
  } else if (divided) {
    line.value = significant(sum.mean, 4);
    if (sum.unit == Unit::nanoseconds) line.name += " (nsec)";
  } else if (sum.unit == Unit::nanoseconds) {
    line.value = fmt::format("{:.6f}", sum.mean / 1e6);
    line.name += " (msec)";
  } else {
    line.value = shown_mean(sum.mean);
    if (sum.unit == Unit::bytes) line.name += " (bytes)";
  }
  for (const Annotation& annotation : row.annotations) line.annotations.push_back(annotation_text(annotation));
  if (row.off_by) line.annotations.push_back(fmt::format("{:>+7.2f}% off the count above", *row.off_by * 100));
  return line;
}

StatLine line_of(const Total& total, const StatRow& row, const StatSummary& summary) {
  StatLine line = line_of(row, summary);
  line.annotations.clear();
  line.name = total.words;
  if (row.sum.n == 0) {
    line.name.erase(0, line.name.find(' ') + 1);  // no number, no unit
    return line;
  }
  if (summary.per == Per::work_item && row.sum.unit == Unit::nanoseconds) {
    line.name = "nsec" + std::string(total.words.substr(total.words.find(' ')));
  } else {
    line.value = fmt::format("{:.{}f}", row.sum.mean / total.size, total.decimals);
  }
  return line;
}

}  // namespace

std::string shown_rate(double value) {
  struct Step {
    double size;
    const char* unit;
  };
  constexpr Step kSteps[] = {{1e9, "G/sec"}, {1e6, "M/sec"}, {1e3, "K/sec"}, {1, "/sec"}};
  for (const Step& step : kSteps) {
    // What rounds to 1000.000 of the smaller unit is 1.000 of this one.
    if (value / step.size >= 0.9999995) return fmt::format("{:>8.3f} {}", value / step.size, step.unit);
  }
  return fmt::format("{:>8} /sec", value > 0 && value < 0.1 ? significant(value, 3) : fmt::format("{:.3f}", value));
}

StatLines stat_lines(const StatSummary& summary) {
  StatLines lines;
  for (const StatRow& row : summary.rows) {
    const auto total = std::find_if(std::begin(kTotals), std::end(kTotals),
                                    [&](const Total& candidate) { return candidate.event == row.event; });
    if (total == std::end(kTotals)) {
      lines.counts.push_back(line_of(row, summary));
    } else {
      lines.totals.push_back(line_of(*total, row, summary));
    }
  }
  return lines;
}

std::vector<std::string> stat_heading(const StatSummary& summary) {
  const Outcome& outcome = summary.outcome;
  std::string runs;
  const unsigned planned = summary.rounds * summary.passes;
  const std::string passes = summary.passes > 1 ? fmt::format(" in {} passes", summary.passes) : "";
  if (outcome.summarised) {
    runs = fmt::format(" ({}, summarised: no samples)",
                       outcome.runs ? counted_noun(*outcome.runs, "run") : "several runs");
  } else if (outcome.completed < planned) {
    runs = fmt::format(" ({} of {}{} completed)", outcome.completed, counted_noun(planned, "run"), passes);
  } else if (planned > 1) {
    runs = fmt::format(" ({}{})", counted_noun(planned, "run"), passes);
  }
  std::vector<std::string> sentences{fmt::format("Counts for '{}'{}", summary.command, runs)};
  for (const std::string& failure : failure_sentences(outcome, "run")) sentences.push_back(failure);
  if (summary.region) {
    std::string counted = "counted: the marked region only";
    if (outcome.entries) counted += ", " + shown_entries(*outcome.entries);
    if (outcome.entries && planned > 1) counted += " in each run";
    sentences.push_back(counted + "; the peak of the memory is that of the whole process");
  }
  if (summary.per == Per::work_item) {
    const std::string item = summary.work_item.empty() ? "work item" : summary.work_item;
    std::string divided = "every count and time is per " + item;
    if (outcome.work_items) divided += ", of which each run did " + shown_span(*outcome.work_items);
    sentences.push_back(divided);
  }
  return sentences;
}

std::vector<std::string> stat_footnotes(const StatSummary& summary) {
  std::vector<std::string> sentences;
  if (summary.digest.verdict == DigestVerdict::unsteady) {
    sentences.push_back("WRONG RESULT: the runs did not all compute the same, " +
                        difference_between_samples(summary.digest, "run"));
  }
  const bool spread = std::any_of(summary.rows.begin(), summary.rows.end(),
                                  [](const StatRow& row) { return row.sum.standard_error.has_value(); });
  if (spread) sentences.push_back("± is the standard error of the mean of the runs, relative to the mean");
  std::string mark = "[s] ";
  for (const std::string& sentence : simulation_sentences(summary))
    sentences.push_back(std::exchange(mark, "") + sentence);
  if (std::any_of(summary.rows.begin(), summary.rows.end(), counted_by_papi)) {
    sentences.push_back(fmt::format("[{}] {}", mark_of(Source::papi), legend_of(Source::papi).substr(2)));
  }
  for (std::size_t at = 0; at < summary.footnotes.size(); ++at) {
    sentences.push_back(fmt::format("[{}] {}", at + 1, summary.footnotes[at]));
  }
  sentences.insert(sentences.end(), summary.notes.begin(), summary.notes.end());
  return sentences;
}

}  // namespace countercheck
