#include "reports/saved_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <sstream>

#include "reports/csv_recount.hpp"
#include "reports/printed_place.hpp"
#include "reports/report.hpp"
#include "reports/text_width.hpp"

namespace countercheck {
namespace {

constexpr unsigned kMoreColumns = 120;  // that a terminal may have beyond the longest line

std::string without_colours(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\x1b') {
      plain += text[at];
      continue;
    }
    at = std::min(text.find('m', at), text.size());
  }
  return plain;
}

Form form_of(const std::vector<std::string>& lines) {
  if (!lines.empty() && lines.front().starts_with("variant,") &&
      lines.front().find(",event,source,") != std::string::npos) {
    return Form::csv;
  }
  const auto ruled = [](const std::string& line) { return line.starts_with("|:---") || line.starts_with("|---"); };
  return std::any_of(lines.begin(), lines.end(), ruled) ? Form::markdown : Form::text;
}

// Commas stand within the numbers of a text, and between those of a CSV.
std::size_t figures_in(std::string_view text, Form form) {
  const std::string_view inner = form == Form::csv ? "." : ".,";
  std::size_t figures = 0;
  bool within = false;
  for (const char letter : text) {
    const bool digit = std::isdigit(static_cast<unsigned char>(letter)) != 0;
    if (digit && !within) ++figures;
    within = digit || (within && inner.find(letter) != std::string_view::npos);
  }
  return figures;
}

// A report as it may have been asked for.
struct Candidate {
  ReportOptions options{};
  std::vector<std::string> lines{};
  std::size_t alike = 0;  // lines that are the saved ones
};

Candidate rendered(const Experiment& experiment, Form form, const ReportOptions& options,
                   const std::vector<std::string>& saved) {
  std::ostringstream out;
  make_report(form, experiment, options)->render(out);
  Candidate candidate{.options = options, .lines = lines_of(out.str())};
  const std::size_t both = std::min(saved.size(), candidate.lines.size());
  for (std::size_t at = 0; at < both; ++at) {
    if (saved[at] == candidate.lines[at]) ++candidate.alike;
  }
  return candidate;
}

std::vector<unsigned> widths_for(Form form, const std::vector<std::string>& lines) {
  if (form != Form::text) return {80};
  std::size_t longest = 1;
  for (const std::string& line : lines) longest = std::max(longest, display_width(line));
  std::vector<unsigned> widths;
  if (longest <= 80) widths.push_back(80);  // where the output was no terminal
  for (unsigned more = 0; more <= kMoreColumns; ++more) widths.push_back(static_cast<unsigned>(longest) + more);
  return widths;
}

// Whether the bars of factors, where there are any, are those of a terminal that shows more than ASCII.
bool has_utf8_bars(const std::vector<std::string>& lines) {
  return std::any_of(lines.begin(), lines.end(), [](const auto& line) { return line.find("│") != std::string::npos; });
}

// The report made again that has the most lines in common with the saved one; one that is the same ends the search.
Candidate best_candidate(const Experiment& experiment, Form form, const std::vector<std::string>& saved) {
  const bool utf8 = has_utf8_bars(saved);
  Candidate best;
  for (const bool per_item : {false, true}) {
    for (const unsigned width : widths_for(form, saved)) {
      Candidate candidate = rendered(experiment, form, {.width = width, .utf8 = utf8, .per_item = per_item}, saved);
      if (candidate.lines == saved) return candidate;
      if (best.lines.empty() || candidate.alike > best.alike) best = std::move(candidate);
    }
  }
  return best;
}

std::string name_of_form(Form form, const ReportOptions& options) {
  std::string name = form == Form::csv ? "CSV" : form == Form::markdown ? "Markdown" : "text";
  if (form == Form::text) name += fmt::format(" of {} columns", options.width);
  return name + (options.per_item ? ", for one work item" : "");
}

}  // namespace

ReportCheck check_saved_report(const Experiment& experiment, std::string_view saved) {
  const std::string plain = without_colours(saved);
  const auto lines = lines_of(plain);
  const Form form = form_of(lines);
  const Candidate again = best_candidate(experiment, form, lines);
  ReportCheck check{.form = name_of_form(form, again.options), .figures = figures_in(plain, form)};
  if (form == Form::csv) {
    const CsvRecount recounted = recount_csv(experiment, csv_lines(plain));
    check.recounted = recounted.figures;
    check.difference = recounted.difference;
    if (check.difference.empty()) check.difference = first_csv_difference(csv_lines(plain), again.lines);
  } else if (lines != again.lines) {
    check.difference = first_difference(lines, again.lines, form == Form::markdown, variant_names(experiment));
  }
  return check;
}

}  // namespace countercheck
