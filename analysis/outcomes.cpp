#include "analysis/outcomes.hpp"

#include <algorithm>

#include "analysis/passes.hpp"

namespace countercheck {
namespace {

void widen(std::optional<Span>& span, std::uint64_t value) {
  if (!span) {
    span = Span{value, value};
    return;
  }
  span->least = std::min(span->least, value);
  span->most = std::max(span->most, value);
}

}  // namespace

Outcome outcome_of(const Experiment& experiment, std::size_t variant) {
  Outcome outcome;
  bool all_told = true;
  const Pass pass = main_pass(experiment);
  for (const Sample& sample : experiment.samples) {
    if (sample.variant != variant || sample.pass != pass || sample.warm_up) continue;
    ++outcome.taken;
    if (sample.ending == Ending::completed) {
      ++outcome.completed;
      for (const Reading& reading : sample.readings) {
        if (!reading.summary) continue;
        outcome.summarised = true;
        outcome.runs = reading.summary->runs;
      }
      widen(outcome.entries, sample.region_entries);
      if (sample.work_items) widen(outcome.work_items, *sample.work_items);
      all_told = all_told && sample.work_items.has_value();
      continue;
    }
    const auto same = std::find_if(outcome.failures.begin(), outcome.failures.end(), [&](const Failure& failure) {
      return failure.ending == sample.ending && failure.status == sample.status;
    });
    if (same == outcome.failures.end()) {
      outcome.failures.push_back({sample.ending, sample.status, 1});
    } else {
      ++same->samples;
    }
  }
  if (!all_told) outcome.work_items.reset();
  return outcome;
}

std::vector<const Sample*> completed_samples(const Experiment& experiment, std::size_t variant, Pass pass) {
  std::vector<const Sample*> samples;
  for (const Sample& sample : experiment.samples) {
    if (sample.variant == variant && sample.pass == pass && !sample.warm_up && sample.ending == Ending::completed) {
      samples.push_back(&sample);
    }
  }
  return samples;
}

}  // namespace countercheck
