#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/measure.hpp"

namespace countercheck {

// Numbers as they are shown: the same in every locale, never "-0", "nan" or "inf" (a number that is none is "?"), and
// never rounded to 0 unless it is 0.

// With commas: "10,194,811,718". Rounded to a whole number.
std::string grouped(double value);

// That many significant digits, in positional form down to a millionth: "115.4", "0.002345", "12,346", "1.234e-09".
std::string significant(double value, int digits);

// Below 10,000,000 in full, above with four significant digits and an SI suffix: "204,911", "12.13 G". A median that
// lies between two counts keeps its fraction: "2.5".
std::string shown_count(double value);

// "0.61x", "12.3x", "0.000059x"; 0 is "0x".
std::string shown_ratio(double ratio);

// A small share of something: "0.4%", "12%", "<0.01%"; "0%" is none at all.
std::string shown_percent(double share);

// A relative spread: "±0.4%".
std::string shown_spread(double relative);

// A share as a percentage with three significant digits: "62 %", "99.7 %"; never 100 below it, never 0 above it.
std::string shown_share(double share);

// Every digit that a reader of the file may want: a whole number without point or exponent, else the shortest text
// that reads back as the same double.
std::string plain_number(double value);

// The common unit of the numbers in one row, so that 1.210 s stands beside 0.398 s and not beside 398 ms. Numbers more
// than a thousandfold apart get each their own.
class RowUnit {
 public:
  // `values` in the measure's unit: ns, bytes, percent. Counts below 10,000,000 are in full whatever the others are.
  RowUnit(Measure measure, bool per_item, const std::vector<double>& values);

  std::string show(double value) const;

 private:
  Measure measure_;
  bool per_item_;
  std::optional<double> common_;  // the largest value, where it sets the unit for all
};

}  // namespace countercheck
