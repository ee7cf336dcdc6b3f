#include "analysis/book_counterparts.hpp"

#include <algorithm>
#include <utility>

#include "analysis/aggregate.hpp"
#include "analysis/digests.hpp"
#include "analysis/event_names.hpp"
#include "analysis/passes.hpp"
#include "experiment/points.hpp"

namespace countercheck {
namespace {

constexpr BookFigure kPerCell[] = {
    {"time-per-cell-update", "time for a cell update", "ns/cell update", "wall-time", kCellUpdates, 1, 3},
    {"instructions-per-cell-update", "instructions for a cell update", "1/cell update", "instructions", kCellUpdates, 1,
     4},
    {"cache-misses-per-cell-update", "cache misses for a cell update", "1/cell update", "cache-misses", kCellUpdates, 1,
     3},
    {"page-faults-per-cell-update", "page faults for a cell update", "1/cell update", "page-faults", kCellUpdates, 1,
     3},
};

void measure(BesideBook& into, const BookFigure& figure, const Experiment& here, std::size_t variant) {
  const auto same = [&](const std::string& event) { return base_name(event) == figure.above; };
  const auto event = std::find_if(here.events.begin(), here.events.end(), same);
  if (event == here.events.end()) {
    into.why = "not asked for";
    return;
  }
  const auto index = static_cast<std::size_t>(event - here.events.begin());
  const Aggregate sum = aggregate(here, variant, index, Per::work_item, pass_shown(here, index));
  if (sum.n == 0) {
    into.why = sum.missing->sentence;
    return;
  }
  into.here = figure.scale * sum.median;
  into.source = sum.source;
}

std::optional<double> ratio(std::optional<double> value, std::optional<double> to) {
  if (!value || to.value_or(0) == 0) return std::nullopt;
  return *value / *to;
}

bool computed_the_same(const DigestFinding& digest) {
  return digest.verdict != DigestVerdict::differs && digest.verdict != DigestVerdict::unsteady;
}

// One point of a scan.
class Point {
 public:
  Point(const Book& book, const Experiment& of_book, const Experiment& here, BookHere& into)
      : book_(book), of_book_(of_book), here_(here), into_(into), first_(into.counterparts.size()) {
    digests_ = check_digests(here);
  }

  void match(std::size_t example) {
    for (std::size_t variant = 0; variant < here_.variants.size(); ++variant) {
      const Variant& ours = here_.variants[variant];
      if (ours.scheme != book_.examples[example].scheme || ours.again) continue;
      if (computed_the_same(digests_[variant])) {
        add(example, variant);
      } else {
        into_.excluded.push_back(full_name(ours));
      }
    }
  }

 private:
  void add(std::size_t example, std::size_t variant) {
    BookCounterpart one{.example = example, .variant = full_name(here_.variants[variant])};
    for (const BookFigure& figure : counterpart_figures()) {
      BesideBook value{.book = figure_of(figure, of_book_, example)};
      measure(value, figure, here_, variant);
      into_.simulated = into_.simulated || value.source == Source::sim;
      one.values.push_back(std::move(value));
    }
    into_.counterparts.push_back(std::move(one));
    const std::vector<BesideBook> firsts = into_.counterparts[first_].values;
    for (std::size_t at = 0; at < firsts.size(); ++at) {
      BesideBook& value = into_.counterparts.back().values[at];
      value.book_ratio = ratio(value.book, firsts[at].book);
      value.here_ratio = ratio(value.here, firsts[at].here);
    }
  }

  const Book& book_;
  const Experiment& of_book_;
  const Experiment& here_;
  BookHere& into_;
  std::size_t first_;  // counterpart of this point
  std::vector<DigestFinding> digests_{};
};

}  // namespace

std::span<const BookFigure> counterpart_figures() {
  return kPerCell;
}

BookHere book_here(const Book& book, std::span<const std::size_t> examples, const Experiment& of_book,
                   const Experiment& here) {
  BookHere result{.title = here.title, .problem = here.problem, .region = here.region};
  for (const Experiment& experiment : split_by_parameters(here)) {
    Point point(book, of_book, experiment, result);
    for (const std::size_t example : examples) point.match(example);
  }
  return result;
}

}  // namespace countercheck
