#include "reports/book_csv.hpp"

#include <ostream>
#include <utility>

#include "reports/csv.hpp"
#include "reports/quantities.hpp"

namespace countercheck {
namespace {

struct Line {
  std::string table{};
  std::string to{};
  std::string scheme{};
  std::string variant{};  // measured here; empty: the book's figure
  std::string size{};
  std::string source{};
  std::string quantity{};
  std::string unit{};
  std::optional<double> value{};
  std::string reason{};  // where there is no value
};

class Lines {
 public:
  explicit Lines(std::ostream& out) : out_(out) {
    out_ << "table,to,scheme,variant,size,source,quantity,unit,value,reason\n";
  }

  void put(const Line& line) {
    for (const std::string* field :
         {&line.table, &line.to, &line.scheme, &line.variant, &line.size, &line.source, &line.quantity, &line.unit}) {
      out_ << csv_field(*field) << ',';
    }
    out_ << (line.value ? plain_number(*line.value) : "") << ',' << csv_field(line.reason) << '\n';
  }

 private:
  std::ostream& out_;
};

constexpr const char* kBook = "book";

void put_example(Lines& lines, const BookReading& reading, std::size_t at) {
  const BookExample& example = reading.book.examples[at];
  Line line{
      .table = example.name, .scheme = example.scheme, .size = std::to_string(reading.book.size), .source = kBook};
  for (const Reading& count : example.readings) {
    line.quantity = count.event;
    line.unit = to_string(count.unit);
    const auto value = raw(count);
    line.value = value ? std::optional(static_cast<double>(*value)) : std::nullopt;
    lines.put(line);
  }
  for (const auto figures : {time_figures(), memory_figures()}) {
    for (const BookFigure& figure : figures) {
      if (figure.below == kOne) continue;  // a count, which is there already
      line.quantity = figure.key;
      line.unit = figure.unit;
      line.value = figure_of(figure, reading.experiment, at);
      lines.put(line);
    }
  }
}

void put_step(Lines& lines, const BookReading& reading, const BookComparison& step) {
  const BookFactors& f = step.factors;
  const std::pair<const char*, double> factors[] = {{"faster", f.faster},
                                                    {"fewer-instructions", f.fewer_instructions},
                                                    {"insns-per-cycle", f.instructions_per_cycle},
                                                    {"clock", f.clock},
                                                    {"cpus-utilized", f.cpus}};
  for (const auto& [name, value] : factors) {
    lines.put({.table = reading.book.examples[step.from].name,
               .to = reading.book.examples[step.to].name,
               .source = kBook,
               .quantity = name,
               .unit = "ratio",
               .value = value});
  }
}

void put_runtimes(Lines& lines, const BookRuntimes& runtimes) {
  for (const BookRuntimes::Row& row : runtimes.rows) {
    for (std::size_t at = 0; at < row.seconds.size(); ++at) {
      lines.put({.table = runtimes.table,
                 .scheme = row.scheme,
                 .size = std::to_string(runtimes.sizes[at]),
                 .source = kBook,
                 .quantity = "time",
                 .unit = "s",
                 .value = row.seconds[at]});
    }
  }
}

void put_counterpart(Lines& lines, const BookReading& reading, const BookCounterpart& one) {
  const BookExample& example = reading.book.examples[one.example];
  for (std::size_t at = 0; at < one.values.size(); ++at) {
    const BookFigure& figure = counterpart_figures()[at];
    lines.put({.table = example.name,
               .scheme = example.scheme,
               .variant = one.variant,
               .source = std::string(one.values[at].source ? to_string(*one.values[at].source) : ""),
               .quantity = std::string(figure.key),
               .unit = std::string(figure.unit),
               .value = one.values[at].here,
               .reason = one.values[at].why});
  }
}

}  // namespace

BookCsv::BookCsv(BookReading reading) : reading_(std::move(reading)) {}

void BookCsv::render(std::ostream& out) const {
  Lines lines(out);
  for (const std::size_t at : reading_.shown) put_example(lines, reading_, at);
  for (const BookComparison& step : reading_.steps) put_step(lines, reading_, step);
  if (reading_.runtimes) put_runtimes(lines, reading_.book.runtimes);
  if (!reading_.here) return;
  for (const BookCounterpart& one : reading_.here->counterparts) put_counterpart(lines, reading_, one);
}

}  // namespace countercheck
