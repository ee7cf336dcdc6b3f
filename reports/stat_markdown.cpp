#include "reports/stat_markdown.hpp"

#include <utility>

#include "reports/markdown.hpp"
#include "reports/process_lines.hpp"
#include "reports/stat_lines.hpp"

namespace countercheck {
namespace {

std::vector<std::string> table_line(const StatLine& line) {
  std::string notes;
  for (const std::string& annotation : line.annotations) {
    notes += (notes.empty() ? "" : "<br>") + markdown_text(annotation.substr(annotation.find_first_not_of(' ')));
  }
  return {markdown_text(line.value), markdown_text(line.name), notes, markdown_text(line.spread),
          markdown_text(line.marks)};
}

std::vector<std::vector<std::string>> process_table(const std::vector<ProcessLine>& processes) {
  std::vector<std::vector<std::string>> lines{{"instructions", "last-level misses", "simulated, by process"}};
  for (const ProcessLine& line : processes) {
    lines.push_back(
        {line.instructions, line.last_level_misses, (line.is_thread ? "&emsp;" : "") + markdown_text(line.name)});
  }
  return lines;
}

}  // namespace

StatMarkdown::StatMarkdown(std::vector<StatSummary> summaries) : summaries_(std::move(summaries)) {}

void StatMarkdown::render(std::ostream& out) const {
  bool first = true;
  for (const StatSummary& summary : summaries_) {
    if (!first) out << '\n';
    first = false;
    const std::vector<std::string> heading = stat_heading(summary);
    out << "## " << markdown_text(heading.front()) << '\n';
    put_markdown_list(out, {heading.begin() + 1, heading.end()});
    std::vector<std::vector<std::string>> lines{{"value", "event", "", "±", ""}};
    const StatLines all = stat_lines(summary);
    for (const StatLine& line : all.counts) lines.push_back(table_line(line));
    for (const StatLine& line : all.totals) lines.push_back(table_line(line));
    out << '\n';
    put_markdown_table(out, lines, {1, 2, 4});
    if (const auto processes = process_lines(summary.processes); !processes.empty()) {
      out << '\n';
      put_markdown_table(out, process_table(processes), {2});
    }
    put_markdown_list(out, stat_footnotes(summary));
  }
}

}  // namespace countercheck
