#include "analysis/oddities.hpp"

#include <cmath>

#include "analysis/statistics.hpp"

namespace countercheck {
namespace {

constexpr std::size_t kFewest = 10;
constexpr double kFar = 3.5;
// A normal distribution's standard deviation over its median absolute deviation, and over its mean one.
constexpr double kOverMedian = 1.4826;
constexpr double kOverMean = 1.2533;

std::optional<Runs> few_runs(const Experiment& experiment, std::size_t variant, std::size_t event, Per per) {
  if (variant == experiment.baseline) return std::nullopt;
  std::vector<double> ratios;
  for (const Pair& pair : pairs_of(experiment, variant, experiment.baseline, event, per).pairs) {
    ratios.push_back(ratio(pair));
  }
  const auto runs = runs_of(ratios);
  return runs && runs->probability < kFewRuns ? runs : std::nullopt;
}

}  // namespace

std::vector<std::size_t> outliers_of(const std::vector<double>& values) {
  if (values.size() < kFewest) return {};
  const double centre = *median(values);
  std::vector<double> distances;
  for (const double value : values) distances.push_back(std::abs(value - centre));
  const double median_deviation = kOverMedian * *median(distances);
  const double deviation = median_deviation > 0 ? median_deviation : kOverMean * *mean(distances);
  std::vector<std::size_t> outliers;
  for (std::size_t at = 0; at < values.size(); ++at) {
    if (distances[at] > kFar * deviation) outliers.push_back(at);
  }
  return outliers;
}

std::vector<Oddity> oddities(const Experiment& experiment, Per per) {
  std::vector<Oddity> found;
  for (std::size_t event = 0; event < experiment.events.size(); ++event) {
    for (std::size_t variant = 0; variant < experiment.variants.size(); ++variant) {
      const std::vector<Value> samples = values_of(experiment, variant, event, per);
      std::vector<double> values;
      for (const Value& sample : samples) values.push_back(sample.value);
      Oddity oddity{.variant = variant,
                    .event = event,
                    .samples = values.size(),
                    .median = median(values).value_or(0),
                    .groups = groups_of(values)};
      if (!oddity.groups) {
        for (const std::size_t at : outliers_of(values)) oddity.outliers.push_back(samples[at]);
      }
      oddity.runs = few_runs(experiment, variant, event, per);
      if (oddity.groups || !oddity.outliers.empty() || oddity.runs) found.push_back(std::move(oddity));
    }
  }
  return found;
}

}  // namespace countercheck
