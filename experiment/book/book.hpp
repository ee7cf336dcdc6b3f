#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "experiment/results.hpp"

namespace countercheck {

// A counter table of the book: what perf told of one program.
struct BookExample {
  std::string name{};     // "6-10"
  std::string scheme{};   // what the book calls the implementation: "numpy"
  std::string program{};  // "diffusion_numpy.py"
  std::vector<Reading> readings{};
};

// Two examples, by name, whose times are compared.
struct BookStep {
  std::string from{};
  std::string to{};
};

// The book's table of seconds by the edge of the grid.
struct BookRuntimes {
  struct Row {
    std::string scheme{};
    std::vector<double> seconds{};  // one for each of the sizes
  };
  std::string table{};  // "6-1"
  std::vector<unsigned> sizes{};
  unsigned iterations_printed = 0;
  unsigned iterations = 0;  // that the figures are of
  std::string source{};     // of that
  std::vector<Row> rows{};
};

// Something that the book says of its figures, which can be held against them.
struct BookClaim {
  enum class Kind {
    locality,      // that it is memory locality that makes `to`, and `through` on the way to it, faster than `from`
    faster,        // that `to` is `value` times as fast
    instructions,  // that it has `value` times fewer instructions
  };
  Kind kind = Kind::faster;
  std::string from{};  // names of examples
  std::string through{};
  std::string to{};
  double value = 0;
  int decimals = 0;    // that the book gives it with
  std::string says{};  // in our own words
};

struct Book {
  std::string title{};
  std::string cpu{};
  std::string perf{};  // how the counts were taken
  unsigned size = 0;   // edge of the grid of all counter tables
  unsigned iterations = 0;
  std::string problem_source{};
  std::vector<BookExample> examples{};  // in the book's order
  std::vector<BookStep> steps{};
  BookRuntimes runtimes{};
  std::vector<BookClaim> claims{};
  std::vector<std::string> slips{};  // of the book, that no figure shows by itself; a sentence each

  std::uint64_t cell_updates() const { return std::uint64_t{size} * size * iterations; }
};

// The file with the book's figures: installed, share/countercheck/book under the prefix of our own executable; in a
// build tree, experiment/book. Throws UserError when neither is there.
std::filesystem::path book_file();

// Throws UserError with the place where the file is not as it should be.
Book read_book(const std::filesystem::path& file);

// The book's examples as one experiment of one sample each, variants by the names of the examples, so that whatever
// reads results reads them.
Experiment experiment_of(const Book& book);

}  // namespace countercheck
