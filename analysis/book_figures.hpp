#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "experiment/results.hpp"

namespace countercheck {

// A figure of a counter table, made of two of its counts: scale * above / below.
struct BookFigure {
  std::string_view key{};    // "instructions-per-cell-update", as files name it
  std::string_view head{};   // of its column
  std::string_view unit{};   // as files name it; empty: a plain quotient
  std::string_view above{};  // event
  std::string_view below{};  // event, or one of the two words below
  double scale = 1;
  int digits = 4;  // significant, where it is shown; 0: a count, in full
};
inline constexpr std::string_view kOne = "1";
inline constexpr std::string_view kCellUpdates = "cell updates";

std::span<const BookFigure> time_figures();    // the time, and what it is made of
std::span<const BookFigure> memory_figures();  // what was done with memory, and branches

// Of one variant's first sample. Empty where one of the two counts is missing or the divisor is 0.
std::optional<double> figure_of(const BookFigure& figure, const Experiment& experiment, std::size_t variant);

// How many times as fast one variant is as another, and the factors of that (analysis/factors.hpp), whose product it
// is. The book's tables have all that these are made of; without, they would stay 1.
struct BookFactors {
  double faster = 1;
  double fewer_instructions = 1;
  double instructions_per_cycle = 1;
  double clock = 1;
  double cpus = 1;
};
BookFactors factors_between(const Experiment& experiment, std::size_t from, std::size_t to);

// A factor's part of a whole that it is a factor of: 1 is all of it, above 1 more than that, below 0 it goes against
// it. As factors multiply, parts are of the logarithm, and those of all factors add up to 1. `whole` must not be 1.
double part_of(double factor, double whole);

}  // namespace countercheck
