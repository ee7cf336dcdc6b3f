#include "reports/book_tables.hpp"

#include <fmt/format.h>

#include "reports/book_sentences.hpp"
#include "reports/quantities.hpp"
#include "reports/sentences.hpp"

namespace countercheck {
namespace {

constexpr const char* kNone = "-";

std::string number(std::optional<double> value, int digits) {
  if (!value) return kNone;
  return digits == 0 ? grouped(*value) : significant(*value, digits);
}

// "0.61x", or nothing.
std::string ratio_text(std::optional<double> ratio) {
  return ratio ? shown_ratio(*ratio) : "";
}

const BookExample& example_at(const BookReading& reading, std::size_t at) {
  return reading.book.examples[at];
}

CaptionedTable figures_table(const BookReading& reading, const char* caption, std::span<const BookFigure> figures,
                             bool with_speed) {
  CaptionedTable part{caption, {{"table"}, {}}};
  auto& heads = part.table.heads;
  for (const BookFigure& figure : figures) heads.emplace_back(figure.head);
  if (with_speed) heads.insert(heads.begin() + 2, "as fast");
  heads.emplace_back("the book's scheme");
  for (std::size_t row = 0; row < reading.shown.size(); ++row) {
    const BookExample& example = example_at(reading, reading.shown[row]);
    std::vector<std::string> cells = {example.name};
    for (const BookFigure& figure : figures) {
      cells.push_back(number(figure_of(figure, reading.experiment, reading.shown[row]), figure.digits));
    }
    if (with_speed) cells.insert(cells.begin() + 2, shown_ratio(reading.times_as_fast[row]));
    cells.push_back(example.scheme);
    part.table.rows.push_back(std::move(cells));
  }
  return part;
}

BookPart steps_part(const BookReading& reading) {
  BookPart part;
  part.table.caption = "From one table to another: faster = fewer instructions x IPC x clock x CPUs";
  part.table.table.heads = {"from", "to", "faster", "instr", "IPC", "clock", "CPUs", "what explains it"};
  for (const BookComparison& step : reading.steps) {
    const BookFactors& f = step.factors;
    std::vector<std::string> cells = {example_at(reading, step.from).name, example_at(reading, step.to).name};
    for (const double factor : {f.faster, f.fewer_instructions, f.instructions_per_cycle, f.clock, f.cpus}) {
      cells.push_back(fmt::format("{:.3f}", factor));
    }
    cells.push_back(explanation_of(f));
    part.table.table.rows.push_back(std::move(cells));
  }
  part.sentences = step_sentences(reading);
  return part;
}

// In seconds, or as so many times as fast as the first scheme.
CaptionedTable runtimes_table(const BookRuntimes& runtimes, bool as_fast) {
  CaptionedTable table;
  table.caption = as_fast ? fmt::format("The same, as so many times as fast as {}", runtimes.rows.front().scheme)
                          : fmt::format("Table {}: seconds by the edge of the grid", runtimes.table);
  for (const unsigned size : runtimes.sizes) table.table.heads.push_back(std::to_string(size));
  table.table.heads.emplace_back("the book's scheme");
  for (const BookRuntimes::Row& row : runtimes.rows) {
    std::vector<std::string> cells;
    for (std::size_t at = 0; at < row.seconds.size(); ++at) {
      cells.push_back(as_fast ? shown_ratio(runtimes.rows.front().seconds[at] / row.seconds[at])
                              : fmt::format("{:.2f}", row.seconds[at]));
    }
    cells.push_back(row.scheme);
    table.table.rows.push_back(std::move(cells));
  }
  return table;
}

std::string here_text(const BesideBook& value, const BookFigure& figure) {
  if (!value.here) return kNone;
  const char mark = value.source ? mark_of(*value.source) : '\0';
  return number(value.here, figure.digits) + (mark == '\0' ? "" : std::string(" ") + mark);
}

CaptionedTable beside_table(const BookReading& reading, std::size_t at) {
  const BookFigure& figure = counterpart_figures()[at];
  CaptionedTable table;
  table.caption = fmt::format("Here beside the book: {}{}", figure.head, at == 0 ? ", in ns" : "");
  table.table.heads = {"table", "book", "ratio", "here", "ratio", "here, and the book's scheme"};
  for (const BookCounterpart& one : reading.here->counterparts) {
    const BesideBook& value = one.values[at];
    const BookExample& example = example_at(reading, one.example);
    table.table.rows.push_back({example.name, number(value.book, figure.digits), ratio_text(value.book_ratio),
                                here_text(value, figure), ratio_text(value.here_ratio),
                                fmt::format("{} ({})", one.variant, example.scheme)});
  }
  return table;
}

bool anything_here(const BookReading& reading, std::size_t at) {
  for (const BookCounterpart& one : reading.here->counterparts) {
    if (one.values[at].here) return true;
  }
  return false;
}

}  // namespace

std::vector<BookPart> book_parts(const BookReading& reading) {
  std::vector<BookPart> parts;
  if (reading.shown.size() > 1) {
    parts.push_back({figures_table(reading, "The time, and what it is made of", time_figures(), true), {}});
    parts.push_back(
        {figures_table(reading, "For a cell update, what was done with memory and branches; page faults as they are",
                       memory_figures(), false),
         {}});
  }
  if (!reading.steps.empty()) parts.push_back(steps_part(reading));
  if (reading.runtimes) {
    parts.push_back({runtimes_table(reading.book.runtimes, false), runtime_sentences(reading)});
    parts.push_back({runtimes_table(reading.book.runtimes, true), {}});
  }
  if (!reading.here) return parts;
  for (std::size_t at = 0; at < counterpart_figures().size(); ++at) {
    if (anything_here(reading, at)) parts.push_back({beside_table(reading, at), {}});
  }
  parts.back().sentences = here_sentences(reading);
  return parts;
}

}  // namespace countercheck
