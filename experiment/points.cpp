#include "experiment/points.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>

namespace countercheck {
namespace {

// Where a variant of the whole experiment is found: its point, and its index there.
struct Place {
  std::size_t point = 0;
  std::size_t variant = 0;
};

std::vector<Place> places_of(const std::vector<Variant>& variants) {
  std::map<std::vector<Parameter>, std::size_t> points;
  std::vector<std::size_t> next;  // free index in each point
  std::vector<Place> places;
  for (const Variant& variant : variants) {
    const std::size_t point = points.try_emplace(variant.parameters, points.size()).first->second;
    if (point == next.size()) next.push_back(0);
    places.push_back({point, next[point]++});
  }
  return places;
}

Experiment without_variants(Experiment experiment) {
  experiment.variants.clear();
  experiment.samples.clear();
  return experiment;
}

void choose_baseline(const std::string& name, Experiment& point) {
  const auto same = std::find_if(point.variants.begin(), point.variants.end(),
                                 [&](const Variant& variant) { return variant.name == name; });
  if (same != point.variants.end()) {
    point.baseline = static_cast<std::size_t>(same - point.variants.begin());
    return;
  }
  point.baseline = 0;
  point.notes.push_back(
      fmt::format("the baseline {} is not among these variants: {} is in its place", name, point.variants[0].name));
}

void name_problem(Experiment& point) {
  const std::string parameters = parameters_text(point.variants.front().parameters);
  const bool both = !parameters.empty() && !point.problem.empty();
  point.problem = parameters + (both ? ", " : "") + point.problem;
}

}  // namespace

std::string parameters_text(const std::vector<Parameter>& parameters) {
  std::vector<std::string> parts;
  parts.reserve(parameters.size());
  for (const auto& [name, value] : parameters) parts.push_back(name + " " + value);
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string full_name(const Variant& variant) {
  if (variant.parameters.empty()) return variant.name;
  return fmt::format("{} ({})", variant.name, parameters_text(variant.parameters));
}

std::vector<Experiment> split_by_parameters(const Experiment& experiment) {
  const auto& whole = experiment.variants;
  if (std::all_of(whole.begin(), whole.end(), [](const Variant& variant) { return variant.parameters.empty(); })) {
    return {experiment};
  }
  const std::vector<Place> places = places_of(whole);
  const Experiment bare = without_variants(experiment);
  std::vector<Experiment> points;
  for (std::size_t variant = 0; variant < whole.size(); ++variant) {
    const Place& place = places[variant];
    if (place.point == points.size()) points.push_back(bare);
    auto& variants = points[place.point].variants;
    variants.push_back(whole[variant]);
    auto& again = variants.back().again;
    if (!again) continue;
    const Place& measured_first = places[*again];
    again = measured_first.point == place.point ? std::optional(measured_first.variant) : std::nullopt;
  }
  for (const Sample& sample : experiment.samples) {
    const Place& place = places[sample.variant];
    points[place.point].samples.push_back(sample);
    points[place.point].samples.back().variant = place.variant;
  }
  for (Experiment& point : points) {
    choose_baseline(whole[experiment.baseline].name, point);
    name_problem(point);
  }
  return points;
}

}  // namespace countercheck
