#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/measure.hpp"
#include "experiment/results.hpp"

namespace countercheck {

// One event of a formula, times a factor.
struct Term {
  std::string_view event{};  // empty: none
  double factor = 1;
};

enum class Combine { sum, largest };

// A number derived from events, printed with the row of one of them: scale times what stands above the line, divided by
// the sum of what stands below. The names, the number of decimals and the words of those that perf stat had in 2014,
// which the book prints, are perf's.
struct Metric {
  std::string_view key{};          // "insns-per-cycle"
  std::string_view event{};        // the row it is printed with; empty: any count
  std::array<Term, 2> above{};     // none: the row's own event
  Combine combine = Combine::sum;  // of what stands above; largest: of those there are
  std::array<Term, 4> below{};
  double scale = 1;
  bool lines = false;  // times the bytes of a cache line
  Measure measure = Measure::number;
  int decimals = 2;
  std::string_view words{};  // after the number in the block of stat: " % of all cache refs"
  std::string_view name{};   // of its own row in a table of variants: "of cache refs"
  double most = std::numeric_limits<double>::infinity();  // a larger value cannot be right
  std::string_view alarm{};                               // what it would mean
  bool every_level = false;   // not of user mode alone: all cycles are divided by all of the time, or it is no clock
  bool alone = false;         // only where no other metric of its row can be given
  std::string_view cpus{};    // the formula holds for CPUs whose Machine::cpu_id begins so; empty: for all
  std::string_view source{};  // of the formula, where it is not plain from the words
};

std::span<const Metric> metrics();

// Counts per second of CPU time, for every count that nothing better is known of.
const Metric& rate();

// "1000 x cache-misses / instructions"
std::string formula(const Metric& metric);

// The names of the events it is made of, the row's own first.
std::vector<std::string> events_of(const Metric& metric);

// Indexes of the events that form one metric, for each metric that these events form: they should be counted together.
std::vector<std::vector<std::size_t>> companions(const std::vector<std::string>& events);

// A metric over the completed samples of one variant. Only samples in which all parts have a value are used.
struct MetricFigure {
  std::optional<Absence> absence{};  // where set, no number below means anything
  std::size_t n = 0;
  double of_means = 0;  // mean of what stands above / mean of what stands below, as perf stat does
  double median = 0;    // of the quotients, sample by sample
  double mean = 0;
  std::optional<double> standard_deviation{};
  double coverage = 1;      // of the worst reading used; below 1 it is an estimate
  bool impossible = false;  // above Metric::most
  bool took_turns = false;  // absent, because its counters were on at different times

  bool operator==(const MetricFigure&) const = default;
};

// Empty where a part was never asked for or does not belong to the others. Counts form a quotient only if they come
// from the same source and level (cycles:u with instructions:u) and from one sample, so from one pass; those that were
// not on the PMU all the time, only if they are of one group, which was on at the same times. A time has no level. What
// a simulator counted is not divided by a time of the real machine. A denominator of 0 is an absence.
std::optional<MetricFigure> evaluate(const Metric& metric, const Experiment& experiment, std::size_t variant,
                                     std::size_t event, Pass pass = Pass::measured);

// The same of one sample alone; empty where evaluate() would not use it.
std::optional<double> value_in(const Metric& metric, const Experiment& experiment, const Sample& sample,
                               std::size_t event);

}  // namespace countercheck
