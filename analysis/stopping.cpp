#include "analysis/stopping.hpp"

#include <algorithm>

#include "analysis/event_names.hpp"
#include "analysis/inference.hpp"
#include "analysis/judgement.hpp"
#include "experiment/points.hpp"

namespace countercheck {
namespace {

bool point_decided(const Experiment& experiment) {
  const Inference inference = infer(experiment);
  bool any = false;
  for (const Judged& judged : inference.judged) {
    if (experiment.events[judged.event] != kWallTime || is_again(experiment, judged.variant)) continue;
    if (judged.verdict == Verdict::undecided) return false;
    any = true;
  }
  return any;
}

// What no round has everything for, such as counts that are simulated after the last, no further round decides either.
bool expectations_decided(const Experiment& experiment) {
  const auto judgements = judge_expectations(experiment);
  return std::none_of(judgements.begin(), judgements.end(), [](const Judgement& judgement) {
    return judgement.holds == Holds::undecided && judgement.pairs > 0;
  });
}

}  // namespace

bool decided(const Experiment& experiment) {
  const auto points = split_by_parameters(experiment);
  return std::all_of(points.begin(), points.end(),
                     [](const Experiment& point) { return point_decided(point) && expectations_decided(point); });
}

}  // namespace countercheck
