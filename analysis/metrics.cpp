#include "analysis/metrics.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "analysis/aggregate.hpp"
#include "analysis/event_names.hpp"
#include "analysis/meanings.hpp"
#include "analysis/outcomes.hpp"
#include "analysis/statistics.hpp"

namespace countercheck {
namespace {

constexpr double kNoLimit = std::numeric_limits<double>::infinity();

// No core of today retires as many as 16 instructions in a cycle, and none is clocked at 10 GHz. CPUs utilized have no
// limit here: how many the machine has is not this table's to know.
constexpr Metric kMetrics[] = {
    // clang-format off
    {"clock", "cycles", {}, "task-clock", 1, Measure::gigahertz, 3, " GHz", "clock",
     10, "a clock of more than 10 GHz", true},
    {"frontend-cycles-idle", "stalled-cycles-frontend", {}, "cycles", 100, Measure::percent, 2,
     "% frontend cycles idle", "of cycles", 100, "more stalled cycles than cycles", false},
    {"backend-cycles-idle", "stalled-cycles-backend", {}, "cycles", 100, Measure::percent, 2,
     "% backend  cycles idle", "of cycles", 100, "more stalled cycles than cycles", false},
    {"insns-per-cycle", "instructions", {}, "cycles", 1, Measure::number, 2,
     "  insns per cycle", "insns per cycle", 16, "more than 16 instructions in a cycle", false},
    {"stalled-cycles-per-insn", "instructions", {"stalled-cycles-frontend", "stalled-cycles-backend"}, "instructions",
     1, Measure::number, 2, "  stalled cycles per insn", "stalled cycles per insn", kNoLimit, "", false},
    {"cache-miss-rate", "cache-misses", {}, "cache-references", 100, Measure::percent, 3,
     " % of all cache refs", "of cache refs", 100, "more cache-misses than cache-references", false},
    {"branch-miss-rate", "branch-misses", {}, "branches", 100, Measure::percent, 2,
     "% of all branches", "of branches", 100, "more branch-misses than branches", false},
    {"cpus-utilized", "task-clock", {}, "wall-time", 1, Measure::number, 3,
     " CPUs utilized", "CPUs utilized", kNoLimit, "", false},
    {"L1-dcache-load-miss-rate", "L1-dcache-load-misses", {}, "L1-dcache-loads", 100, Measure::percent, 2,
     "% of all L1-dcache loads", "of L1-dcache loads", 100, "more L1-dcache-load-misses than L1-dcache-loads", false},
    {"L1-icache-load-miss-rate", "L1-icache-load-misses", {}, "L1-icache-loads", 100, Measure::percent, 2,
     "% of all L1-icache loads", "of L1-icache loads", 100, "more L1-icache-load-misses than L1-icache-loads", false},
    {"LLC-load-miss-rate", "LLC-load-misses", {}, "LLC-loads", 100, Measure::percent, 2,
     "% of all LLC loads", "of LLC loads", 100, "more LLC-load-misses than LLC-loads", false},
    {"LLC-store-miss-rate", "LLC-store-misses", {}, "LLC-stores", 100, Measure::percent, 2,
     "% of all LLC stores", "of LLC stores", 100, "more LLC-store-misses than LLC-stores", false},
    {"dTLB-load-miss-rate", "dTLB-load-misses", {}, "dTLB-loads", 100, Measure::percent, 2,
     "% of all dTLB loads", "of dTLB loads", 100, "more dTLB-load-misses than dTLB-loads", false},
    {"dTLB-store-miss-rate", "dTLB-store-misses", {}, "dTLB-stores", 100, Measure::percent, 2,
     "% of all dTLB stores", "of dTLB stores", 100, "more dTLB-store-misses than dTLB-stores", false},
    {"iTLB-load-miss-rate", "iTLB-load-misses", {}, "iTLB-loads", 100, Measure::percent, 2,
     "% of all iTLB loads", "of iTLB loads", 100, "more iTLB-load-misses than iTLB-loads", false},
    // clang-format on
};

constexpr Metric kRate = {"rate", "",     {},           "task-clock", 1e9, Measure::per_second,
                          3,      "/sec", "per second", kNoLimit,     "",  false};

// Whether the numerator may be divided by the denominator.
bool belong_together(const Reading& numerator, const Reading& denominator) {
  if (denominator.unit == Unit::nanoseconds) {
    return numerator.unit == Unit::nanoseconds || numerator.source != Source::sim;
  }
  return numerator.source == denominator.source && numerator.privilege == denominator.privilege;
}

// One sample's readings for the parts of a metric.
class Parts {
 public:
  Parts(const Experiment& experiment, const Sample& sample, std::size_t event)
      : experiment_(experiment), sample_(sample), own_(reading_of(sample, event)) {}

  const Reading* own() const { return own_; }

  // The reading of the named event that belongs to the row's own, among those that were asked for.
  const Reading* partner(std::string_view name) const {
    if (!own_ || name.empty()) return nullptr;
    for (std::size_t event = 0; event < experiment_.events.size(); ++event) {
      const Reading* reading = reading_of(sample_, event);
      if (reading && base_name(experiment_.events[event]) == name && belong_together(*own_, *reading)) return reading;
    }
    return nullptr;
  }

  // The largest of the metric's numerators that have a value, else one that has none, else null.
  const Reading* numerator(const Metric& metric) const {
    if (metric.numerators[0].empty()) return own_;
    const Reading* best = nullptr;
    for (const std::string_view name : metric.numerators) {
      const Reading* reading = partner(name);
      if (reading && (!best || estimate(*reading).value_or(-1) > estimate(*best).value_or(-1))) best = reading;
    }
    return best;
  }

 private:
  const Experiment& experiment_;
  const Sample& sample_;
  const Reading* own_;
};

bool level_fits(const Metric& metric, const Reading& own) {
  return !metric.every_level || own.privilege == Privilege::user_and_kernel;
}

}  // namespace

std::span<const Metric> metrics() {
  return kMetrics;
}

const Metric& rate() {
  return kRate;
}

std::optional<MetricFigure> evaluate(const Metric& metric, const Experiment& experiment, std::size_t variant,
                                     std::size_t event, Pass pass) {
  std::vector<double> numerators;
  std::vector<double> denominators;
  std::vector<double> quotients;
  MetricFigure figure;
  bool asked = false;
  for (const Sample* sample : completed_samples(experiment, variant, pass)) {
    const Parts parts(experiment, *sample, event);
    const Reading* numerator = parts.numerator(metric);
    const Reading* denominator = parts.partner(metric.denominator);
    if (!numerator || !denominator || !level_fits(metric, *parts.own())) continue;
    asked = true;
    if (const auto why = unlike(metric, experiment.meanings, *numerator, *denominator)) {
      figure.absence = why;
      continue;
    }
    const auto above = estimate(*numerator);
    const auto below = estimate(*denominator);
    if (!above || !below) {
      if (!figure.absence) figure.absence = why_missing(above ? denominator : numerator);
      continue;
    }
    numerators.push_back(*above);
    denominators.push_back(*below);
    if (*below > 0) quotients.push_back(metric.scale * *above / *below);
    figure.coverage = std::min({figure.coverage, coverage(*numerator), coverage(*denominator)});
  }
  if (!asked) return std::nullopt;
  if (numerators.empty()) return figure;
  if (quotients.empty()) {
    figure.absence = {AbsenceReason::not_measurable,
                      std::string(metric.denominator) + " counted 0, so there is nothing to divide by"};
    return figure;
  }
  figure.absence.reset();
  figure.n = quotients.size();
  figure.of_means = metric.scale * *mean(numerators) / *mean(denominators);
  figure.median = *median(quotients);
  figure.mean = *mean(quotients);
  figure.standard_deviation = standard_deviation(quotients);
  figure.impossible = std::max(figure.of_means, figure.median) > metric.most;
  return figure;
}

}  // namespace countercheck
