#include "analysis/stopping.hpp"

#include <algorithm>

#include "analysis/inference.hpp"
#include "experiment/points.hpp"

namespace countercheck {
namespace {

bool point_decided(const Experiment& experiment) {
  const Inference inference = infer(experiment);
  bool any = false;
  for (const Judged& judged : inference.judged) {
    if (experiment.events[judged.event] != "wall-time" || is_again(experiment, judged.variant)) continue;
    if (judged.verdict == Verdict::undecided) return false;
    any = true;
  }
  return any;
}

}  // namespace

bool decided(const Experiment& experiment) {
  const auto points = split_by_parameters(experiment);
  return std::all_of(points.begin(), points.end(), point_decided);
}

}  // namespace countercheck
