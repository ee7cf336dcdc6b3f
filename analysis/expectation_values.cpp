#include "analysis/expectation_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "analysis/aggregate.hpp"
#include "analysis/digests.hpp"
#include "analysis/event_names.hpp"
#include "analysis/metrics.hpp"
#include "analysis/outcomes.hpp"
#include "analysis/passes.hpp"

namespace countercheck {
namespace {

// Something that is read, found in an experiment.
struct Found {
  std::size_t variant = 0;
  std::size_t event = 0;
  const Metric* metric = nullptr;  // null: the event itself
  Per per = Per::sample;
  Pass pass = Pass::measured;
};

using Turn = std::tuple<unsigned, unsigned, unsigned>;  // round, layout, pass over the events

Turn turn_of(const Sample& sample) {
  return {sample.round, sample.layout, sample.event_pass};
}

// The event by its whole name, else by its name without modifiers.
std::optional<std::size_t> find_event(const Experiment& experiment, std::string_view name) {
  const auto& events = experiment.events;
  auto found = std::find(events.begin(), events.end(), name);
  if (found == events.end()) {
    found =
        std::find_if(events.begin(), events.end(), [&](const std::string& event) { return base_name(event) == name; });
  }
  if (found == events.end()) return std::nullopt;
  return static_cast<std::size_t>(found - events.begin());
}

std::optional<double> value_of(const Found& found, const Experiment& experiment, const Sample& sample) {
  if (found.metric) {
    const auto value = value_in(*found.metric, experiment, sample, found.event);
    // A share is a number from 0 to 1 in an expectation, whatever a table shows it as.
    if (value && found.metric->measure == Measure::percent) return *value / 100;
    return value;
  }
  const Reading* const reading = reading_of(sample, found.event);
  const auto value = reading ? estimate(*reading) : std::nullopt;
  if (!value) return std::nullopt;
  if (found.per == Per::sample) {
    return *value * (found.pass == Pass::simulated ? shown_scale(experiment, found.variant) : 1);
  }
  if (sample.work_items.value_or(0) == 0) return std::nullopt;
  return *value / static_cast<double>(*sample.work_items);
}

std::string name_of(const Experiment& experiment, const Found& found) {
  return found.metric ? std::string(found.metric->key) : experiment.events[found.event];
}

std::string why_no_value(const Experiment& experiment, const Found& found) {
  const std::string of = fmt::format("{} of {}", name_of(experiment, found), experiment.variants[found.variant].name);
  const auto samples = completed_samples(experiment, found.variant, found.pass);
  if (samples.empty()) return of + ": no sample ran to its end";
  if (found.metric) {
    const auto figure = evaluate(*found.metric, experiment, found.variant, found.event, found.pass);
    return of + ": " + (figure && figure->absence ? figure->absence->sentence : "not all of its parts were counted");
  }
  for (const Sample* sample : samples) {
    const Reading* const reading = reading_of(*sample, found.event);
    if (is_of_other_pass(reading)) continue;
    if (!reading || !estimate(*reading)) return of + ": " + why_missing(reading).sentence;
  }
  if (found.per == Per::work_item) return of + ": the program did not tell how many work items it did";
  return of + ": not counted";
}

class Finder {
 public:
  explicit Finder(const Experiment& experiment) : experiment_(experiment), digests_(check_digests(experiment)) {}

  // Empty where there is none; then why() tells.
  std::optional<Found> find(const Wanted& wanted) {
    const auto& variants = experiment_.variants;
    const auto variant =
        std::find_if(variants.begin(), variants.end(), [&](const Variant& one) { return one.name == wanted.variant; });
    if (variant == variants.end()) return refuse(fmt::format("there is no variant '{}' here", wanted.variant));
    Found found{.variant = static_cast<std::size_t>(variant - variants.begin()), .per = wanted.per};
    const DigestVerdict verdict = digests_[found.variant].verdict;
    if (verdict == DigestVerdict::differs) {
      return refuse(fmt::format("{} computed something else than the baseline", wanted.variant));
    }
    if (verdict == DigestVerdict::unsteady) {
      return refuse(fmt::format("{} did not compute the same in all of its samples", wanted.variant));
    }
    if (const auto event = find_event(experiment_, wanted.quantity)) {
      found.event = *event;
      found.pass = pass_shown(experiment_, *event);
      return found;
    }
    return find_metric(wanted, found);
  }

  const std::string& why() const { return why_; }

 private:
  std::optional<Found> refuse(std::string why) {
    why_ = std::move(why);
    return std::nullopt;
  }

  // The row that this processor has, if there are several.
  std::optional<Found> find_metric(const Wanted& wanted, Found found) {
    for (const Metric& metric : metrics()) {
      if (metric.key != wanted.quantity) continue;
      const auto event = find_event(experiment_, metric.event);
      if (!event) continue;
      found.metric = &metric;
      found.event = *event;
      found.pass = pass_shown(experiment_, *event);
      if (evaluate(metric, experiment_, found.variant, *event, found.pass)) return found;
    }
    if (found.metric) return refuse(why_no_value(experiment_, found));
    return refuse(fmt::format("{} was not counted", wanted.quantity));
  }

  const Experiment& experiment_;
  std::vector<DigestFinding> digests_;
  std::string why_{};
};

double coverage_of(const Found& found, const Experiment& experiment) {
  if (found.metric) {
    const auto figure = evaluate(*found.metric, experiment, found.variant, found.event, found.pass);
    return figure ? figure->coverage : 1;
  }
  return aggregate(experiment, found.variant, found.event, Per::sample, found.pass).coverage;
}

// The values of one reading in all samples of its variant that have it, by turn.
std::map<Turn, double> by_turn(const Found& found, const Experiment& experiment) {
  std::map<Turn, double> values;
  for (const Sample* sample : completed_samples(experiment, found.variant, found.pass)) {
    if (const auto value = value_of(found, experiment, *sample)) values.emplace(turn_of(*sample), *value);
  }
  return values;
}

bool all_the_same(const std::map<Turn, double>& values) {
  return std::all_of(values.begin(), values.end(),
                     [&](const auto& one) { return one.second == values.begin()->second; });
}

}  // namespace

WantedValues values_wanted(const Expectation& expectation, const Experiment& experiment) {
  WantedValues result;
  Finder finder(experiment);
  std::vector<Found> all;
  for (const Wanted& wanted : wanted_of(expectation)) {
    const auto found = finder.find(wanted);
    if (!found) {
      result.why = finder.why();
      return result;
    }
    all.push_back(*found);
  }
  for (const Found& found : all) {
    if (found.pass == all.front().pass) continue;
    const bool first = found.pass == Pass::measured;
    result.why =
        fmt::format("{} was measured and {} simulated: the two are not brought together",
                    name_of(experiment, first ? found : all.front()), name_of(experiment, first ? all.front() : found));
    return result;
  }

  std::vector<std::map<Turn, double>> readings;
  std::map<std::size_t, std::size_t> samples;  // of each variant
  result.steady = true;
  result.simulated = all.front().pass == Pass::simulated;
  for (const Found& found : all) {
    readings.push_back(by_turn(found, experiment));
    if (readings.back().empty()) {
      result.why = why_no_value(experiment, found);
      result.steady = false;
      return result;
    }
    result.coverage = std::min(result.coverage, coverage_of(found, experiment));
    result.steady = result.steady && all_the_same(readings.back());
    samples[found.variant] = readings.back().size();
  }
  for (const auto& [variant, count] : samples) result.steady_over += result.simulated ? 0 : count;
  result.steady = result.steady && result.coverage == 1 && (result.simulated || result.steady_over > samples.size());

  for (const auto& [turn, value] : readings.front()) {
    RoundOfReadings round;
    for (const auto& one : readings) {
      const auto same = one.find(turn);
      if (same != one.end()) round.values.push_back(same->second);
    }
    if (round.values.size() == all.size()) result.rounds.push_back(std::move(round));
  }
  if (result.rounds.empty()) {
    result.why = "no round has samples of all of it in one pass over the events";
    result.steady = false;
  }
  return result;
}

}  // namespace countercheck
