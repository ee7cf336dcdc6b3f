#include "analysis/passes.hpp"

#include <algorithm>

#include "analysis/aggregate.hpp"

namespace countercheck {
namespace {

template <typename Holds>
bool any_reading(const Experiment& experiment, std::size_t event, Pass pass, Holds holds) {
  return std::any_of(experiment.samples.begin(), experiment.samples.end(), [&](const Sample& sample) {
    const Reading* const reading = reading_of(sample, event);
    return sample.pass == pass && reading && holds(sample, *reading);
  });
}

bool has_value(const Sample& sample, const Reading& reading) {
  return sample.ending == Ending::completed && !sample.warm_up && estimate(reading);
}

// An event that the simulator does not tell says nothing of why it could not be measured.
bool explains(const Sample&, const Reading& reading) {
  const Absence* const why = absence(reading);
  return why && why->reason != AbsenceReason::unsupported;
}

}  // namespace

Pass main_pass(const Experiment& experiment) {
  const auto& samples = experiment.samples;
  const auto measured = [](const Sample& sample) { return sample.pass == Pass::measured; };
  return samples.empty() || std::any_of(samples.begin(), samples.end(), measured) ? Pass::measured : Pass::simulated;
}

Pass pass_shown(const Experiment& experiment, std::size_t event) {
  if (main_pass(experiment) == Pass::simulated) return Pass::simulated;
  if (any_reading(experiment, event, Pass::measured, has_value)) return Pass::measured;
  const bool simulated = any_reading(experiment, event, Pass::simulated, has_value) ||
                         any_reading(experiment, event, Pass::simulated, explains);
  return simulated ? Pass::simulated : Pass::measured;
}

bool is_scored(const Experiment& experiment, std::size_t event) {
  return any_reading(experiment, event, Pass::measured, has_value) &&
         any_reading(experiment, event, Pass::simulated, has_value);
}

double shown_scale(const Experiment& experiment, std::size_t variant) {
  return experiment.simulation && experiment.simulation->scaled ? steps_scale(experiment, variant) : 1;
}

double steps_scale(const Experiment& experiment, std::size_t variant) {
  const auto& run = experiment.variants[variant].simulated;
  return run ? static_cast<double>(run->of) / static_cast<double>(run->steps) : 1;
}

}  // namespace countercheck
