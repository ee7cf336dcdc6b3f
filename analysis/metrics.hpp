#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "analysis/measure.hpp"
#include "experiment/results.hpp"

namespace countercheck {

// A number derived from two events, printed with the row of one of them. The names, the number of decimals and the
// words are those of perf stat as of 2014, which the book prints.
struct Metric {
  std::string_view key{};          // "insns-per-cycle"
  std::string_view event{};        // the row it is printed with; empty: any count
  std::string_view numerators[2];  // the larger of those there are is taken; both empty: the row's own event
  std::string_view denominator{};
  double scale;
  Measure measure;
  int decimals;
  std::string_view words{};  // after the number in the block of stat: " % of all cache refs"
  std::string_view name{};   // of its own row in a table of variants: "of cache refs"
  double most;               // a larger value cannot be right
  std::string_view alarm{};  // what it would mean: "more cache-misses than cache-references"
  bool every_level;          // not of user mode alone: all cycles are divided by all of the time, or it is no clock
};

std::span<const Metric> metrics();

// Counts per second of CPU time, for every count that nothing better is known of.
const Metric& rate();

// A metric over the completed samples of one variant. Only samples in which both parts have a value are used.
struct MetricFigure {
  std::optional<Absence> absence{};  // where set, no number below means anything
  std::size_t n = 0;
  double of_means = 0;  // mean of the numerators / mean of the denominators, as perf stat does
  double median = 0;    // of the quotients, sample by sample
  double mean = 0;
  std::optional<double> standard_deviation{};
  double coverage = 1;      // of the worst reading used; below 1 it is an estimate
  bool impossible = false;  // above Metric::most

  bool operator==(const MetricFigure&) const = default;
};

// Empty where a part was never asked for or does not belong to the other. Two counts form a quotient only if they come
// from the same source and level (cycles:u with instructions:u); a time has no level. What a simulator counted is not
// divided by a time of the real machine, and both come from the samples of one pass. A denominator of 0 is an absence.
std::optional<MetricFigure> evaluate(const Metric& metric, const Experiment& experiment, std::size_t variant,
                                     std::size_t event, Pass pass = Pass::measured);

}  // namespace countercheck
