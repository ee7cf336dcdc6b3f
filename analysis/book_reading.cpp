#include "analysis/book_reading.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace countercheck {
namespace {

constexpr double kNanosecond = 1e-9;  // s

std::size_t index_of(const Book& book, const std::string& example) {
  const auto same = [&](const BookExample& one) { return one.name == example; };
  const auto found = std::find_if(book.examples.begin(), book.examples.end(), same);
  assert(found != book.examples.end());  // its reader has looked
  return static_cast<std::size_t>(found - book.examples.begin());
}

class Reader {
 public:
  Reader(BookReading& reading, const std::string& table) : reading_(reading), table_(table) {}

  void examples() {
    for (std::size_t at = 0; at < book().examples.size(); ++at) {
      if (!asked(book().examples[at].name)) continue;
      reading_.shown.push_back(at);
      reading_.times_as_fast.push_back(factors_between(reading_.experiment, 0, at).faster);
    }
  }

  void steps() {
    for (const BookStep& step : book().steps) {
      if (asked(step.from) || asked(step.to)) reading_.steps.push_back(compare(step.from, step.to));
    }
  }

  void findings() {
    for (const BookClaim& claim : book().claims) {
      if (asked(claim.from) || asked(claim.to) || asked(claim.through)) reading_.findings.push_back(judge(claim));
    }
  }

  // Where the counter tables and the table of runtimes have the same program on the same grid.
  void runtimes() {
    const BookRuntimes& runtimes = book().runtimes;
    reading_.runtimes = asked(runtimes.table);
    const auto size = std::find(runtimes.sizes.begin(), runtimes.sizes.end(), book().size);
    if (!reading_.runtimes || size == runtimes.sizes.end()) return;
    const auto column = static_cast<std::size_t>(size - runtimes.sizes.begin());
    for (const BookRuntimes::Row& row : runtimes.rows) {
      for (std::size_t at = 0; at < book().examples.size(); ++at) {
        if (book().examples[at].scheme != row.scheme) continue;
        const BookFigure wall{.above = "wall-time", .below = kOne, .scale = kNanosecond};
        reading_.mismatches.push_back({.example = book().examples[at].name,
                                       .counted = *figure_of(wall, reading_.experiment, at),
                                       .table = row.seconds[column]});
      }
    }
  }

 private:
  const Book& book() const { return reading_.book; }

  bool asked(const std::string& name) const { return table_.empty() || name == table_; }

  BookComparison compare(const std::string& from, const std::string& to) const {
    const std::size_t first = index_of(book(), from);
    const std::size_t second = index_of(book(), to);
    return {first, second, factors_between(reading_.experiment, first, second)};
  }

  BookFinding judge(const BookClaim& claim) const {
    BookFinding finding{.claim = claim, .whole = compare(claim.from, claim.to)};
    const BookFactors& factors = finding.whole.factors;
    if (claim.kind == BookClaim::Kind::locality) {
      finding.first = compare(claim.from, claim.through);
      finding.second = compare(claim.through, claim.to);
      const BookFigure references{.above = "cache-references", .below = kOne};
      finding.references = *figure_of(references, reading_.experiment, finding.first->to) /
                           *figure_of(references, reading_.experiment, finding.first->from);
      // Data that lie better let the same instructions take fewer cycles: the greater part of the first step would be
      // in the instructions per cycle.
      finding.holds = part_of(finding.first->factors.instructions_per_cycle, finding.first->factors.faster) > 0.5;
    } else {
      const double found = claim.kind == BookClaim::Kind::faster ? factors.faster : factors.fewer_instructions;
      finding.holds = std::abs(found - claim.value) <= 0.5 * std::pow(10, -claim.decimals);
    }
    return finding;
  }

  BookReading& reading_;
  const std::string& table_;
};

}  // namespace

std::vector<std::string> table_names(const Book& book) {
  std::vector<std::string> names = {book.runtimes.table};
  for (const BookExample& example : book.examples) names.push_back(example.name);
  return names;
}

std::optional<std::string> find_table(const Book& book, const std::string& name) {
  std::string padded = name;  // "6-8"
  if (const auto dash = name.find('-'); dash != std::string::npos && name.size() == dash + 2)
    padded.insert(dash + 1, "0");
  for (const std::string& known : table_names(book)) {
    if (known == name || known == padded) return known;
  }
  return std::nullopt;
}

BookReading read_the_book(Book book, const std::string& table, const Experiment* here) {
  BookReading reading{.book = std::move(book)};
  reading.experiment = experiment_of(reading.book);
  Reader reader(reading, table);
  reader.examples();
  reader.steps();
  reader.findings();
  reader.runtimes();
  if (here) reading.here = book_here(reading.book, reading.shown, reading.experiment, *here);
  return reading;
}

}  // namespace countercheck
