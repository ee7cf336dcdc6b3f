#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/expectation.hpp"
#include "analysis/measure.hpp"
#include "experiment/results.hpp"

namespace countercheck {

enum class Holds { confirmed, refuted, undecided };

std::string_view to_string(Holds holds);  // "confirmed", "refuted", "undecided"

// What the rounds say of one expectation: where the median over them of one number lies, and so on which side of a
// bound.
struct Judgement {
  std::string text{};  // the expectation as written
  Holds holds = Holds::undecided;
  std::string subject{};  // what the number is of: "new.time", or of what it is a multiple
  std::string of{};       // the number is so many times this: "old.time"; empty: it is the subject's own value
  Relation relation = Relation::below;
  double bound = 0;  // what the number was expected to be below, at most, …
  Measure measure = Measure::number;
  std::optional<double> value{};                          // the median; empty: `why` tells
  double low = -std::numeric_limits<double>::infinity();  // holds together with those of all other expectations
  double high = std::numeric_limits<double>::infinity();
  bool exact = false;      // no reading had any spread: compared as they are
  bool simulated = false;  // the readings were simulated
  double coverage = 1;     // of the worst reading; below 1 the number is an estimate
  std::size_t pairs = 0;   // rounds in which everything was there
  std::string why{};       // a clause: why undecided; may be empty

  bool operator==(const Judgement&) const = default;
};

// Judges the expectation by the rounds. In each, both sides are computed from samples of that round, layout and pass
// over the events: their quotient where both are always above 0, so that what slows a round down slows both and cancels
// out; else their difference, or the one side that is no plain number. The interval of the median over the rounds
// (analysis/median_interval.hpp) holds together with those of `together` expectations at Terms::confidence
// (Bonferroni). Confirmed or refuted is what the whole interval says; == means within Terms::tolerance. What was
// measured and what was simulated is not brought together, and nothing is said of a variant that computed something
// else than the baseline.
Judgement judge(const Expectation& expectation, const Experiment& experiment, std::size_t together = 1);

// All of Terms::expectations, in their order, whose intervals hold together; those without spread take no share of the
// confidence. One that cannot be read any more is undecided.
std::vector<Judgement> judge_expectations(const Experiment& experiment);

}  // namespace countercheck
