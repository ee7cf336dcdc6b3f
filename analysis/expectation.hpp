#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/measure.hpp"

namespace countercheck {

// A hypothesis stated before the run: two sides and how they are to compare. docs/expectations.md has the grammar.

// What an expectation reads of one variant.
struct Wanted {
  std::string variant{};
  std::string quantity{};  // an event or a metric; "time" is read as "wall-time"
  Per per = Per::sample;
  std::size_t variant_at = 0;  // where they stand in the text: bytes before them
  std::size_t quantity_at = 0;

  bool operator==(const Wanted&) const = default;
};

// The units of a quantity, as exponents: a time over a time has none.
struct Dimension {
  int time = 0;   // of ns
  int bytes = 0;  // of bytes

  bool operator==(const Dimension&) const = default;
};

struct Operand {
  enum class Kind { number, reading, negative, sum, difference, product, quotient };

  Kind kind = Kind::number;
  double number = 0;     // of Kind::number: in ns, in bytes, or plain
  Wanted wanted{};       // of Kind::reading
  std::size_t left = 0;  // of the others: indexes into Side::operands, of operands before this one
  std::size_t right = 0;
  Dimension dimension{};

  bool operator==(const Operand&) const = default;
};

// One side of the comparison: its last operand is the whole of it.
struct Side {
  std::vector<Operand> operands{};
  std::string text{};  // as written, without blanks around it

  const Operand& whole() const { return operands.back(); }
  bool operator==(const Side&) const = default;
};

enum class Relation { below, at_most, above, at_least, equal, unequal };

std::string_view to_string(Relation relation);  // "<", "<=", ">", ">=", "==", "!="

struct Expectation {
  std::string text{};  // as written
  Relation relation = Relation::below;
  Side left{};
  Side right{};

  bool operator==(const Expectation&) const = default;
};

// Reads one. Throws UserError: one sentence with the column of the first mistake. What names mean is not looked up, so
// that any text can be read without a machine; any text, too, costs little: it has at most kLongestExpectation bytes
// and kDeepestExpectation parentheses within each other.
inline constexpr std::size_t kLongestExpectation = 1000;
inline constexpr std::size_t kDeepestExpectation = 50;
Expectation parse_expectation(std::string_view text);

// Everything that it reads, from left to right.
std::vector<Wanted> wanted_of(const Expectation& expectation);

// The events that must be counted for it: those of its metrics for them. "wall-time" among them where time is read.
std::vector<std::string> events_wanted(const Expectation& expectation);

// Throws UserError for a variant that is none of these, or an event that is none, with the nearest name there is.
// Names of metrics are known; `is_event` is asked for all others.
void check_names(const Expectation& expectation, const std::vector<std::string>& variants,
                 const std::function<bool(const std::string&)>& is_event);

}  // namespace countercheck
