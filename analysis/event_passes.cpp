#include "analysis/event_passes.hpp"

#include <algorithm>
#include <cstdio>
#include <optional>

#include "analysis/aggregate.hpp"
#include "analysis/event_names.hpp"
#include "analysis/metrics.hpp"
#include "analysis/outcomes.hpp"
#include "analysis/statistics.hpp"

namespace countercheck {
namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string list_of_passes(const Experiment& experiment) {
  std::string text = "counted in " + std::to_string(experiment.event_passes.size()) +
                     " passes, each in runs of its own, so that no counter was shared:";
  for (std::size_t pass = 0; pass < experiment.event_passes.size(); ++pass) {
    text += (pass == 0 ? " (" : "; (") + std::to_string(pass + 1) + ") " + joined(experiment.event_passes[pass]);
  }
  return text;
}

bool holds(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The anchor in the samples of one variant and pass: its median, and how far it strays.
struct Anchored {
  std::size_t pass = 0;
  double median = 0;
  double spread = 0;
};

std::vector<Anchored> anchors(const Experiment& experiment, std::size_t variant, std::size_t event) {
  std::vector<Anchored> found;
  for (std::size_t pass = 0; pass < experiment.event_passes.size(); ++pass) {
    std::vector<double> values;
    for (const Sample* sample : completed_samples(experiment, variant, Pass::measured)) {
      const Reading* const reading = sample->event_pass == pass ? reading_of(*sample, event) : nullptr;
      if (const auto value = reading ? estimate(*reading) : std::nullopt) values.push_back(*value);
    }
    if (!values.empty()) found.push_back({pass, *median(values), standard_deviation(values).value_or(0)});
  }
  return found;
}

std::string percent(double share) {
  char text[32] = "";
  std::snprintf(text, sizeof text, "%.1f %%", 100 * share);
  return text;
}

std::string disagreement(const Experiment& experiment, std::size_t variant, std::size_t event) {
  const auto found = anchors(experiment, variant, event);
  if (found.size() < 2) return "";
  const auto less = [](const Anchored& a, const Anchored& b) { return a.median < b.median; };
  const auto [low, high] = std::minmax_element(found.begin(), found.end(), less);
  const double apart = high->median - low->median;
  if (low->median <= 0 || apart <= kAnchorTolerance * low->median || apart <= low->spread + high->spread) return "";
  return experiment.variants[variant].name + ": the passes were not alike, " + experiment.anchor + " differs by " +
         percent(apart / low->median) + " between pass " + std::to_string(low->pass + 1) + " and pass " +
         std::to_string(high->pass + 1) + "; do not compare its counts of different passes";
}

// Of the terms of a metric for this row, those that some pass counts.
std::vector<std::string> counted_terms(const Experiment& experiment, const Metric& metric, const std::string& event) {
  std::vector<std::string> terms;
  const std::string suffix = event.substr(base_name(event).size());
  for (const auto& name : events_of(metric)) {
    const std::string term = name + suffix;
    const auto has = [&](const std::vector<std::string>& pass) { return holds(pass, term); };
    const auto& passes = experiment.event_passes;
    if (std::any_of(passes.begin(), passes.end(), has) && !holds(terms, term)) terms.push_back(term);
  }
  return terms;
}

// Ratios that cannot be made, for no pass has all that they are made of.
std::vector<std::string> parted(const Experiment& experiment) {
  std::vector<std::string> sentences;
  for (const Metric& metric : metrics()) {
    if (metric.alone) continue;
    for (const auto& event : experiment.events) {
      if (base_name(event) != metric.event) continue;
      const auto terms = counted_terms(experiment, metric, event);
      const auto whole = [&](const std::vector<std::string>& pass) {
        return std::all_of(terms.begin(), terms.end(), [&](const std::string& term) { return holds(pass, term); });
      };
      const auto& passes = experiment.event_passes;
      if (terms.size() < 2 || std::any_of(passes.begin(), passes.end(), whole)) continue;
      sentences.push_back("no " + std::string(metric.key) + ": " + joined(terms) + " do not fit into one pass");
    }
  }
  return sentences;
}

// Ratios that are not made, for their counters were on at different times.
std::vector<std::string> turns(const Experiment& experiment) {
  std::vector<std::string> sentences;
  for (const Metric& metric : metrics()) {
    if (metric.alone) continue;
    for (std::size_t event = 0; event < experiment.events.size(); ++event) {
      if (base_name(experiment.events[event]) != metric.event) continue;
      for (std::size_t variant = 0; variant < experiment.variants.size(); ++variant) {
        const auto figure = evaluate(metric, experiment, variant, event);
        if (!figure || !figure->took_turns) continue;
        sentences.push_back("no " + std::string(metric.key) + ": " + figure->absence->sentence);
        break;
      }
    }
  }
  return sentences;
}

}  // namespace

std::vector<std::string> event_pass_sentences(const Experiment& experiment) {
  if (experiment.event_passes.size() < 2) return turns(experiment);
  std::vector<std::string> sentences{list_of_passes(experiment)};
  const auto anchor = std::find(experiment.events.begin(), experiment.events.end(), experiment.anchor);
  for (std::size_t variant = 0; variant < experiment.variants.size() && anchor != experiment.events.end(); ++variant) {
    const auto event = static_cast<std::size_t>(anchor - experiment.events.begin());
    if (std::string sentence = disagreement(experiment, variant, event); !sentence.empty()) {
      sentences.push_back(std::move(sentence));
    }
  }
  for (std::string& sentence : parted(experiment)) sentences.push_back(std::move(sentence));
  return sentences;
}

}  // namespace countercheck
