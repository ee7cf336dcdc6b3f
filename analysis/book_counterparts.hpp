#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/book_figures.hpp"
#include "counters/source.hpp"
#include "experiment/book/book.hpp"

namespace countercheck {

// A figure of the book and the same of a variant measured here.
struct BesideBook {
  std::optional<double> book{};
  std::optional<double> book_ratio{};  // to the first counterpart's
  std::optional<double> here{};        // the median of its samples; empty: `why` tells
  std::optional<double> here_ratio{};
  std::optional<Source> source{};  // who counted here
  std::string why{};
};

// A variant that follows the scheme of one of the book's examples.
struct BookCounterpart {
  std::size_t example = 0;           // index into Book::examples
  std::string variant{};             // as experiment/points.hpp names it: "contiguous (size 512)"
  std::vector<BesideBook> values{};  // one for each of counterpart_figures()
};

// What is compared: figures per cell update, which do not depend on how large the problem is nor on how long it runs.
std::span<const BookFigure> counterpart_figures();

// The book's tables beside a results file of this machine, example by example.
struct BookHere {
  std::string title{};
  std::string problem{};
  bool region = false;     // the marked region was counted there, not the whole process
  bool simulated = false;  // one of the values here is the simulator's
  std::vector<BookCounterpart> counterparts{};
  std::vector<std::string> excluded{};  // variants of these schemes that computed something else than their baseline
};

// Variants are matched by the scheme that they name, with these examples (indexes) only. Ratios are to the first
// counterpart of the same parameters.
BookHere book_here(const Book& book, std::span<const std::size_t> examples, const Experiment& of_book,
                   const Experiment& here);

}  // namespace countercheck
