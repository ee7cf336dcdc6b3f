#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "analysis/book_counterparts.hpp"
#include "analysis/book_figures.hpp"
#include "experiment/book/book.hpp"

namespace countercheck {

// One example beside another.
struct BookComparison {
  std::size_t from = 0;  // index into Book::examples
  std::size_t to = 0;
  BookFactors factors{};
};

// A claim of the book, and what its own figures say of it.
struct BookFinding {
  BookClaim claim{};
  bool holds = false;
  BookComparison whole{};                  // `from` to `to`
  std::optional<BookComparison> first{};   // of a claim of locality, `from` to `through`, and
  std::optional<BookComparison> second{};  // `through` to `to`
  double references = 1;                   // of a claim of locality: cache references of `through` over those of `from`
};

// A table of runtimes and a counter table that are of the same program on the same grid.
struct BookMismatch {
  std::string example{};
  double counted = 0;  // s
  double table = 0;    // s
};

// Everything that a report of the book shows; the renderers walk it and compute nothing.
struct BookReading {
  Book book{};
  Experiment experiment{};              // of the book's examples
  std::vector<std::size_t> shown{};     // of them
  std::vector<double> times_as_fast{};  // each of those shown, as the first example
  std::vector<BookComparison> steps{};  // between those shown
  std::vector<BookFinding> findings{};  // claims of those shown
  bool runtimes = false;                // the table of runtimes is shown
  std::vector<BookMismatch> mismatches{};
  std::optional<BookHere> here{};
};

// The names that a reader may ask for: of the counter tables, and of the table of runtimes.
std::vector<std::string> table_names(const Book& book);

// The name as the book's tables have it ("6-8" is 6-08), or nothing.
std::optional<std::string> find_table(const Book& book, const std::string& name);

// The whole book where `table` is empty, else one of table_names(): then with its steps and claims alone. `here`: a
// results file to set beside it, or null.
BookReading read_the_book(Book book, const std::string& table, const Experiment* here);

}  // namespace countercheck
