#include "analysis/recount.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace countercheck {
namespace {

using Real = long double;

// A counter that was on for a part of the time is taken to have gone on as it did.
std::optional<Real> whole_count(const Reading& reading) {
  const auto* const counted = std::get_if<std::uint64_t>(&reading.value);
  if (!counted) return std::nullopt;
  if (reading.time_enabled == 0 || reading.time_running >= reading.time_enabled) return *counted;
  if (reading.time_running == 0) return std::nullopt;
  if (!reading.cores.empty()) return *counted;
  return static_cast<Real>(*counted) * static_cast<Real>(reading.time_enabled) /
         static_cast<Real>(reading.time_running);
}

double share_of_time(const Reading& reading) {
  if (reading.time_enabled == 0 || reading.time_running >= reading.time_enabled) return 1;
  return static_cast<double>(reading.time_running) / static_cast<double>(reading.time_enabled);
}

Real left_out(const Experiment& experiment, std::size_t variant) {
  const auto& run = experiment.variants[variant].simulated;
  if (!run || !experiment.simulation || !experiment.simulation->scaled) return 1;
  return static_cast<Real>(run->of) / static_cast<Real>(run->steps);
}

}  // namespace

std::optional<Recount> recount(const Experiment& experiment, std::size_t variant, std::size_t event, Pass pass,
                               Per per) {
  std::vector<Real> values;
  Recount result;
  const Reading* first = nullptr;
  for (const Sample& sample : experiment.samples) {
    if (sample.variant != variant || sample.pass != pass || sample.warm_up || sample.ending != Ending::completed)
      continue;
    const Reading& reading = sample.readings.at(event);
    auto value = whole_count(reading);
    if (!value) continue;
    if (!first) first = &reading;
    if (reading.source != first->source || reading.privilege != first->privilege || reading.unit != first->unit)
      continue;
    if (per == Per::work_item && reading.unit != Unit::bytes) {
      if (sample.work_items.value_or(0) == 0) continue;
      *value /= static_cast<Real>(*sample.work_items);
    } else if (pass == Pass::simulated) {
      *value *= left_out(experiment, variant);
    }
    values.push_back(*value);
    result.coverage = std::min(result.coverage, share_of_time(reading));
  }
  if (values.empty()) return std::nullopt;
  result.n = values.size();
  const Real n = static_cast<Real>(values.size());
  Real sum = 0;
  for (const Real value : values) sum += value;
  Real squares = 0;
  for (const Real value : values) squares += (value - sum / n) * (value - sum / n);
  result.mean = static_cast<double>(sum / n);
  if (values.size() > 1) result.standard_deviation = static_cast<double>(std::sqrt(squares / (n - 1)));
  // The middle one, or what lies between the middle two.
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  const Real upper = *middle;
  const Real lower = values.size() % 2 == 1 ? upper : *std::max_element(values.begin(), middle);
  result.median = static_cast<double>((lower + upper) / 2);
  return result;
}

}  // namespace countercheck
