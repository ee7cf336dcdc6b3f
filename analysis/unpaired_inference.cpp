#include "analysis/unpaired_inference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <vector>

#include "analysis/aggregate.hpp"
#include "analysis/digests.hpp"
#include "analysis/outcomes.hpp"
#include "analysis/passes.hpp"
#include "analysis/unpaired.hpp"
#include "counters/counted_noun.hpp"

namespace countercheck {
namespace {

// One event of one side.
struct OneSide {
  Aggregate sum{};
  std::vector<double> values{};  // those that are in the sum
};

struct Sides {
  OneSide baseline{};
  OneSide candidate{};
};

OneSide side_of(const Experiment& experiment, std::size_t variant, std::size_t event) {
  const Pass pass = pass_shown(experiment, event);
  const double scale = pass == Pass::simulated ? shown_scale(experiment, variant) : 1;
  OneSide side{.sum = aggregate(experiment, variant, event, Per::sample, pass)};
  for (const Sample* sample : completed_samples(experiment, variant, pass)) {
    const Reading* const reading = reading_of(*sample, event);
    const auto value = reading ? estimate(*reading) : std::nullopt;
    const bool alike = value && reading->source == side.sum.source && reading->privilege == side.sum.privilege &&
                       reading->unit == side.sum.unit;
    if (alike) side.values.push_back(*value * scale);
  }
  return side;
}

bool is_steady(const OneSide& side) {
  const auto& values = side.values;
  const bool same = std::all_of(values.begin(), values.end(), [&](double value) { return value == values.front(); });
  return side.sum.exact || (side.sum.source == Source::sim && same);
}

// A clause where the two cannot be compared; empty where they can.
std::string why_not(const Sides& sides) {
  const Aggregate& baseline = sides.baseline.sum;
  const Aggregate& candidate = sides.candidate.sum;
  if (baseline.n == 0) return baseline.missing->sentence;
  if (candidate.n == 0) return candidate.missing->sentence;
  const bool alike = baseline.source == candidate.source && baseline.privilege == candidate.privilege &&
                     baseline.unit == candidate.unit;
  return alike ? "" : "it was counted in another way than for the baseline";
}

Judged judged_of(const Sides& sides, std::size_t candidate, std::size_t event) {
  Judged judged{.variant = candidate, .event = event, .why = why_not(sides)};
  if (!judged.why.empty()) return judged;
  judged.coverage = std::min(sides.baseline.sum.coverage, sides.candidate.sum.coverage);
  judged.exact = is_steady(sides.baseline) && is_steady(sides.candidate);
  return judged;
}

void give_interval(Judged& judged, const Sides& sides, std::size_t intervals, const Terms& terms) {
  const double together = 1 - (1 - terms.confidence) / static_cast<double>(std::max<std::size_t>(1, intervals));
  const UnpairedRatio ratio = unpaired_ratio(sides.baseline.values, sides.candidate.values, together);
  judged.both_zero = sides.baseline.sum.median == 0 && sides.candidate.sum.median == 0;
  if (!judged.both_zero) judged.ratio = ratio.ratio;
  if (!judged.exact && ratio.low == 0 && ratio.high == std::numeric_limits<double>::infinity()) {
    judged.why = fmt::format("{} and {} samples cannot decide {} together at {:g} %: {} of each are needed",
                             sides.baseline.values.size(), sides.candidate.values.size(),
                             counted_noun(intervals, "interval"), 100 * terms.confidence, fewest_unpaired(together));
    return;
  }
  judged.low = judged.exact ? ratio.ratio : ratio.low;
  judged.high = judged.exact ? ratio.ratio : ratio.high;
  judged.verdict = verdict_of(judged.low, judged.high, terms.tolerance);
}

}  // namespace

Inference infer_unpaired(const Experiment& experiment, std::size_t candidate) {
  Inference inference{.tolerance = experiment.terms.tolerance, .confidence = experiment.terms.confidence};
  for (const auto& digest : check_digests(experiment)) {
    if (digest.verdict == DigestVerdict::differs || digest.verdict == DigestVerdict::unsteady) return inference;
  }
  std::vector<Sides> sides;
  for (std::size_t event = 0; event < experiment.events.size(); ++event) {
    sides.push_back({side_of(experiment, experiment.baseline, event), side_of(experiment, candidate, event)});
    inference.judged.push_back(judged_of(sides.back(), candidate, event));
    if (inference.judged.back().why.empty() && !inference.judged.back().exact) ++inference.intervals;
  }
  for (std::size_t event = 0; event < sides.size(); ++event) {
    Judged& judged = inference.judged[event];
    if (judged.why.empty()) give_interval(judged, sides[event], inference.intervals, experiment.terms);
  }
  return inference;
}

}  // namespace countercheck
