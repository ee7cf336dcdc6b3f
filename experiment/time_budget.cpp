#include "experiment/time_budget.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace countercheck {
namespace {

constexpr double kStart = 0.5;

double slow_down(EngineKind engine) {
  return engine == EngineKind::countercheck ? 20 : 40;
}

double seconds_of(const Sample& sample, std::string_view event) {
  for (const auto& reading : sample.readings) {
    if (reading.event == event) return static_cast<double>(raw(reading).value_or(0)) * 1e-9;
  }
  return 0;
}

// What is outside a region is taken for work; a whole process tells how much of its time it waited.
double simulated_seconds(const Sample& sample, const Variant& variant, bool region, double factor) {
  const double whole = static_cast<double>(sample.lasted) * 1e-9;
  const double busy = seconds_of(sample, "user-time") + seconds_of(sample, "system-time");
  if (!region) return busy * factor + std::max(0.0, whole - busy) + kStart;
  const double wall = seconds_of(sample, "wall-time");
  const double share = variant.simulated ? static_cast<double>(variant.simulated->steps) /
                                               static_cast<double>(std::max<std::uint64_t>(1, variant.simulated->of))
                                         : 1;
  return (std::max(0.0, whole - wall) + std::max(wall, busy) * share) * factor + kStart;
}

}  // namespace

std::optional<double> simulation_seconds(const Experiment& experiment, EngineKind engine) {
  std::optional<double> total;
  for (std::size_t variant = 0; variant < experiment.variants.size(); ++variant) {
    const auto measured = [&](const Sample& sample) {
      return sample.variant == variant && sample.pass == Pass::measured && sample.ending == Ending::completed;
    };
    const auto sample = std::find_if(experiment.samples.begin(), experiment.samples.end(), measured);
    if (sample == experiment.samples.end()) continue;
    total = total.value_or(0) +
            simulated_seconds(*sample, experiment.variants[variant], experiment.region, slow_down(engine));
  }
  return total;
}

std::string announcement(const Experiment& experiment, std::size_t variants, double seconds) {
  const std::string what = experiment.kind == Kind::stat ? "the command" : fmt::format("{} variants", variants);
  const std::string machine = experiment.simulation ? experiment.simulation->machine : "";
  const std::string time = seconds < 90 ? fmt::format("{:.0f} s", seconds) : fmt::format("{:.0f} min", seconds / 60);
  return fmt::format("simulating {} on machine {}: about {}; --source measured skips it", what, machine, time);
}

}  // namespace countercheck
