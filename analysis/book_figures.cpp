#include "analysis/book_figures.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "analysis/factors.hpp"

namespace countercheck {
namespace {

constexpr std::string_view kPerCell = "1/cell update";

constexpr BookFigure kTime[] = {
    {"time", "time, s", "s", "wall-time", kOne, 1e-9, 4},
    {"instructions-per-cell-update", "instr/cell", kPerCell, "instructions", kCellUpdates, 1, 4},
    {"insns-per-cycle", "IPC", "", "instructions", "cycles", 1, 3},
    {"clock", "GHz", "GHz", "cycles", "task-clock", 1, 4},
    {"cpus-utilized", "CPUs", "", "task-clock", "wall-time", 1, 4},
};

constexpr BookFigure kMemory[] = {
    {"cache-references-per-cell-update", "refs", kPerCell, "cache-references", kCellUpdates, 1, 3},
    {"cache-misses-per-cell-update", "misses", kPerCell, "cache-misses", kCellUpdates, 1, 3},
    {"cache-miss-share", "% of refs", "%", "cache-misses", "cache-references", 100, 3},
    {"branch-misses-per-cell-update", "br. misses", kPerCell, "branch-misses", kCellUpdates, 1, 3},
    {"page-faults", "page faults", "count", "page-faults", kOne, 1, 0},
};

std::optional<double> count_of(std::string_view event, const Experiment& experiment, const Sample& sample) {
  const auto& events = experiment.events;
  const auto at = static_cast<std::size_t>(std::find(events.begin(), events.end(), event) - events.begin());
  if (at >= sample.readings.size()) return std::nullopt;
  const auto value = raw(sample.readings[at]);
  return value ? std::optional(static_cast<double>(*value)) : std::nullopt;
}

std::optional<double> divisor_of(const BookFigure& figure, const Experiment& experiment, const Sample& sample) {
  if (figure.below == kOne) return 1;
  if (figure.below != kCellUpdates) return count_of(figure.below, experiment, sample);
  return sample.work_items ? std::optional(static_cast<double>(*sample.work_items)) : std::nullopt;
}

}  // namespace

std::span<const BookFigure> time_figures() {
  return kTime;
}

std::span<const BookFigure> memory_figures() {
  return kMemory;
}

std::optional<double> figure_of(const BookFigure& figure, const Experiment& experiment, std::size_t variant) {
  const auto& samples = experiment.samples;
  const auto sample =
      std::find_if(samples.begin(), samples.end(), [&](const Sample& one) { return one.variant == variant; });
  if (sample == samples.end()) return std::nullopt;
  const auto above = count_of(figure.above, experiment, *sample);
  const auto below = divisor_of(figure, experiment, *sample);
  if (!above || below.value_or(0) == 0) return std::nullopt;
  return figure.scale * *above / *below;
}

BookFactors factors_between(const Experiment& experiment, std::size_t from, std::size_t to) {
  Experiment based = experiment;
  based.baseline = from;
  BookFactors factors;
  for (const Factored& time : take_apart(based).times) {
    if (time.variant != to) continue;
    factors.faster = time.times;
    for (const Factor& factor : time.factors) {
      for (const auto& [key, into] : {std::pair{"instructions", &factors.fewer_instructions},
                                      std::pair{"insns-per-cycle", &factors.instructions_per_cycle},
                                      std::pair{"clock", &factors.clock}, std::pair{"cpus-utilized", &factors.cpus}}) {
        if (factor.key == key) *into = factor.times;
      }
    }
  }
  return factors;
}

double part_of(double factor, double whole) {
  return std::log(factor) / std::log(whole);
}

}  // namespace countercheck
