#include "analysis/metrics.hpp"

#include <algorithm>
#include <cstdio>

#include "analysis/aggregate.hpp"
#include "analysis/event_names.hpp"
#include "analysis/meanings.hpp"
#include "analysis/outcomes.hpp"
#include "analysis/statistics.hpp"

namespace countercheck {
namespace {

// Whether the numerator may be divided by the denominator.
bool belong_together(const Reading& numerator, const Reading& denominator) {
  if (denominator.unit == Unit::nanoseconds) {
    return numerator.unit == Unit::nanoseconds || numerator.source != Source::sim;
  }
  return numerator.source == denominator.source && numerator.privilege == denominator.privilege;
}

// The bytes of a line of the last cache level; empty: not known.
std::optional<double> line_bytes(const Experiment& experiment) {
  std::optional<double> bytes;
  for (const Cache& cache : experiment.machine.caches) {
    if (cache.line > 0) bytes = cache.line;
  }
  return bytes;
}

// A value that a counter of the PMU gave, which may have had to share it. Of an import any count may be one.
bool is_counter(const Reading& reading) {
  const bool imported = reading.source == Source::import && reading.unit == Unit::count;
  return raw(reading) && (imported || reading.source == Source::pmu || reading.source == Source::papi);
}

// One sample's readings for the parts of a metric.
class Parts {
 public:
  Parts(const Metric& metric, const Experiment& experiment, const Sample& sample, std::size_t event)
      : metric_(metric), experiment_(experiment), sample_(sample), own_(reading_of(sample, event)) {
    if (!own_) return;
    for (const Term& term : metric.above) {
      if (!term.event.empty()) above_.push_back({partner(term.event), term.factor});
    }
    if (above_.empty()) above_.push_back({own_, 1});
    for (const Term& term : metric.below) {
      if (!term.event.empty()) below_.push_back({partner(term.event), term.factor});
    }
    if (metric.combine == Combine::largest) std::erase_if(above_, [](const Part& part) { return !part.reading; });
  }

  // All parts were asked for.
  bool complete() const {
    const auto there = [](const Part& part) { return part.reading != nullptr; };
    return own_ && !above_.empty() && std::all_of(above_.begin(), above_.end(), there) &&
           std::all_of(below_.begin(), below_.end(), there);
  }
  bool level_fits() const { return !metric_.every_level || own_->privilege == Privilege::user_and_kernel; }

  bool of_other_pass() const {
    return any([](const Reading& reading) { return is_of_other_pass(&reading); });
  }

  // Why no share is made of them, if none is: one of what stands above is not of the kind of what stands below.
  std::optional<Absence> unlike() const {
    for (const Part& part : above_) {
      for (const Part& whole : below_) {
        if (auto why = countercheck::unlike(metric_, experiment_.meanings, *part.reading, *whole.reading)) return why;
      }
    }
    return std::nullopt;
  }

  // Counters that shared the PMU with others were on at the same times only in one group.
  bool at_different_times() const {
    if (!any([](const Reading& reading) { return is_counter(reading) && coverage(reading) < 1; })) return false;
    const auto outside = [&](const Reading& reading) {
      return is_counter(reading) && (reading.group == 0 || reading.group != first_group());
    };
    return counters() > 1 && any(outside);
  }

  std::optional<double> above() const {
    if (metric_.combine == Combine::sum) return sum(above_);
    std::optional<double> most;
    for (const Part& part : above_) {
      const auto value = estimate(*part.reading);
      if (value) most = std::max(most.value_or(0), part.factor * *value);
    }
    return most;
  }
  std::optional<double> below() const { return sum(below_); }

  Absence why_not() const {
    for (const auto& parts : {above_, below_}) {
      for (const Part& part : parts) {
        if (!estimate(*part.reading)) return why_missing(part.reading);
      }
    }
    return {};
  }

  double worst_coverage() const {
    double worst = 1;
    any([&](const Reading& reading) {
      if (estimate(reading)) worst = std::min(worst, coverage(reading));
      return false;
    });
    return worst;
  }

 private:
  struct Part {
    const Reading* reading;
    double factor;
  };

  // The reading of the named event that belongs to the row's own, among those that were asked for.
  const Reading* partner(std::string_view name) const {
    for (std::size_t event = 0; event < experiment_.events.size(); ++event) {
      const Reading* reading = reading_of(sample_, event);
      if (reading && base_name(experiment_.events[event]) == name && belong_together(*own_, *reading)) return reading;
    }
    return nullptr;
  }

  static std::optional<double> sum(const std::vector<Part>& parts) {
    double total = 0;
    for (const Part& part : parts) {
      const auto value = estimate(*part.reading);
      if (!value) return std::nullopt;
      total += part.factor * *value;
    }
    return total;
  }

  template <typename Holds>
  bool any(Holds holds) const {
    const auto part_holds = [&](const Part& part) { return holds(*part.reading); };
    return std::any_of(above_.begin(), above_.end(), part_holds) ||
           std::any_of(below_.begin(), below_.end(), part_holds);
  }

  std::size_t counters() const {
    std::size_t number = 0;
    any([&](const Reading& reading) {
      if (is_counter(reading)) ++number;
      return false;
    });
    return number;
  }
  unsigned first_group() const {
    unsigned group = 0;
    any([&](const Reading& reading) {
      group = is_counter(reading) ? reading.group : 0;
      return is_counter(reading);
    });
    return group;
  }

  const Metric& metric_;
  const Experiment& experiment_;
  const Sample& sample_;
  const Reading* own_;
  std::vector<Part> above_;
  std::vector<Part> below_;
};

std::string listed(const Metric& metric, const char* separator) {
  std::string text;
  for (const auto& name : events_of(metric)) text += (text.empty() ? "" : separator) + name;
  return text;
}

// What stays of a metric that no sample could give.
struct Refusal {
  bool asked = false;  // all parts were, in one pass
  bool parted = false;
  bool apart = false;
  std::optional<Absence> missing{};
  std::optional<Absence> unlike{};
};

std::optional<Absence> absence_of(const Metric& metric, const Refusal& refusal) {
  if (refusal.unlike) return refusal.unlike;
  if (refusal.missing) return refusal.missing;
  if (refusal.apart) {
    return Absence{AbsenceReason::not_measurable,
                   listed(metric, " and ") + " took turns on the PMU: of counts of different times no ratio is made"};
  }
  if (refusal.parted) {
    return Absence{AbsenceReason::other_pass,
                   listed(metric, " and ") + " were counted in different passes: no ratio is made of them"};
  }
  return std::nullopt;
}

// What one sample gives of a metric.
struct Taken {
  double above = 0;
  double below = 0;
  double coverage = 1;
};

std::optional<Taken> take(const Parts& parts, Refusal& refusal) {
  if (!parts.complete() || !parts.level_fits()) return std::nullopt;
  if (parts.of_other_pass()) {
    refusal.parted = true;
    return std::nullopt;
  }
  refusal.asked = true;
  if (auto why = parts.unlike()) {
    refusal.unlike = std::move(why);
    return std::nullopt;
  }
  const auto above = parts.above();
  const auto below = parts.below();
  if (!above || !below) {
    if (!refusal.missing) refusal.missing = parts.why_not();
    return std::nullopt;
  }
  if (parts.at_different_times()) {
    refusal.apart = true;
    return std::nullopt;
  }
  return Taken{*above, *below, parts.worst_coverage()};
}

std::string term_text(const Term& term) {
  if (term.factor == 1 || term.factor == -1) return std::string(term.event);
  char factor[32] = "";
  std::snprintf(factor, sizeof factor, "%g x ", term.factor);
  return factor + std::string(term.event);
}

template <std::size_t N>
std::string terms_text(const std::array<Term, N>& terms, std::string_view own, std::string_view between) {
  std::string text;
  std::size_t number = 0;
  for (const Term& term : terms) {
    if (term.event.empty()) continue;
    if (++number > 1) text += term.factor < 0 ? " - " : between;
    text += term_text(term);
  }
  if (number == 0) return std::string(own);
  return number == 1 ? text : "(" + text + ")";
}

}  // namespace

std::string formula(const Metric& metric) {
  std::string text;
  if (metric.scale != 1) {
    char scale[32] = "";
    std::snprintf(scale, sizeof scale, "%g x ", metric.scale);
    text += scale;
  }
  if (metric.lines) text += "bytes of a cache line x ";
  const bool largest = metric.combine == Combine::largest;
  text += largest ? "larger of " + terms_text(metric.above, metric.event, ", ")
                  : terms_text(metric.above, metric.event, " + ");
  const std::string below = terms_text(metric.below, "", " + ");
  // A factor below the line belongs there.
  return text + " / " + (below.find(" x ") != std::string::npos && below.front() != '(' ? "(" + below + ")" : below);
}

std::vector<std::string> events_of(const Metric& metric) {
  std::vector<std::string> names;
  const auto add = [&](std::string_view name) {
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
  };
  add(metric.event);
  for (const Term& term : metric.above) add(term.event);
  for (const Term& term : metric.below) add(term.event);
  return names;
}

std::vector<std::vector<std::size_t>> companions(const std::vector<std::string>& events) {
  std::vector<std::vector<std::size_t>> all;
  for (const Metric& metric : metrics()) {
    for (const auto& event : events) {
      if (base_name(event) != metric.event) continue;
      const std::string suffix = event.substr(base_name(event).size());
      std::vector<std::size_t> indexes;
      for (const auto& name : events_of(metric)) {
        const auto found = std::find(events.begin(), events.end(), name + suffix);
        if (found != events.end()) indexes.push_back(static_cast<std::size_t>(found - events.begin()));
      }
      if (indexes.size() > 1 && std::find(all.begin(), all.end(), indexes) == all.end()) all.push_back(indexes);
    }
  }
  return all;
}

std::optional<MetricFigure> evaluate(const Metric& metric, const Experiment& experiment, std::size_t variant,
                                     std::size_t event, Pass pass) {
  if (!experiment.machine.cpu_id.starts_with(metric.cpus)) return std::nullopt;
  const auto line = metric.lines ? line_bytes(experiment) : std::optional<double>(1);
  std::vector<double> numerators;
  std::vector<double> denominators;
  std::vector<double> quotients;
  MetricFigure figure;
  Refusal refusal;
  for (const Sample* sample : completed_samples(experiment, variant, pass)) {
    const auto taken = take(Parts(metric, experiment, *sample, event), refusal);
    if (!taken) continue;
    numerators.push_back(taken->above * line.value_or(0));
    denominators.push_back(taken->below);
    if (taken->below > 0) quotients.push_back(metric.scale * numerators.back() / taken->below);
    figure.coverage = std::min(figure.coverage, taken->coverage);
  }
  if (!refusal.asked && !refusal.parted) return std::nullopt;
  if (numerators.empty()) {
    figure.absence = absence_of(metric, refusal);
    figure.took_turns = refusal.apart && !refusal.missing;
    return figure;
  }
  if (!line) {
    figure.absence = {AbsenceReason::not_measurable, "how many bytes a line of the last cache level has is not known"};
    return figure;
  }
  if (quotients.empty()) {
    figure.absence = {AbsenceReason::not_measurable,
                      std::string(metric.below[0].event) + " counted 0, so there is nothing to divide by"};
    return figure;
  }
  figure.n = quotients.size();
  figure.of_means = metric.scale * *mean(numerators) / *mean(denominators);
  figure.median = *median(quotients);
  figure.mean = *mean(quotients);
  figure.standard_deviation = standard_deviation(quotients);
  figure.impossible = std::max(figure.of_means, figure.median) > metric.most;
  return figure;
}

std::optional<double> value_in(const Metric& metric, const Experiment& experiment, const Sample& sample,
                               std::size_t event) {
  if (!experiment.machine.cpu_id.starts_with(metric.cpus)) return std::nullopt;
  const auto line = metric.lines ? line_bytes(experiment) : std::optional<double>(1);
  Refusal refusal;
  const auto taken = take(Parts(metric, experiment, sample, event), refusal);
  if (!taken || !line || taken->below <= 0) return std::nullopt;
  return metric.scale * taken->above * *line / taken->below;
}

}  // namespace countercheck
