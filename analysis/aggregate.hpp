#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "analysis/measure.hpp"
#include "experiment/results.hpp"

namespace countercheck {

// One event of one variant over its completed samples.
struct Aggregate {
  std::size_t completed = 0;         // samples of passes that had the event
  std::size_t n = 0;                 // of them, those with a value; where 0, the numbers below mean nothing
  std::optional<Absence> missing{};  // why the first of the others has none; set if n < completed or completed is 0
  Source source{};
  Privilege privilege{};
  Unit unit{};
  double mean = 0;  // in the unit, or in the unit per work item
  double median = 0;
  std::optional<double> standard_deviation{};  // empty: one value
  std::optional<double> standard_error{};
  std::optional<Summary> summary{};  // the one value is the mean of runs that are not known: no median, no samples
  bool exact = false;                // two values or more, all the same before any arithmetic, none an estimate
  double coverage = 1;               // of the worst value
  bool scaled = true;  // to full coverage; not so what was summed over types of cores, which is then too low
  std::vector<std::string> lacking{};  // types of cores on which tasks ran and that do not have the event

  bool operator==(const Aggregate&) const = default;
};

// Values of another source, privilege or unit than the first one's are another quantity: they are left out and told as
// missing, and so is a summary of several runs beside other values. Bytes are never divided by work items: a peak is
// not a sum over them. Counts of a shortened simulation are scaled where the experiment says so, and never those per
// work item, which need it not.
Aggregate aggregate(const Experiment& experiment, std::size_t variant, std::size_t event, Per per = Per::sample,
                    Pass pass = Pass::measured);

// A sample's reading of one event, or null: a sample that ended early may have fewer.
const Reading* reading_of(const Sample& sample, std::size_t event);

// The sample is of another pass than those that have the event: it says nothing of it.
bool is_of_other_pass(const Reading* reading);

// The reason why a sample has no value for an event, its reading missing or its counter never running included.
Absence why_missing(const Reading* reading);

}  // namespace countercheck
