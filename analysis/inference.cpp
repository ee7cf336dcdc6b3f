#include "analysis/inference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/digests.hpp"
#include "analysis/median_interval.hpp"
#include "analysis/pairing.hpp"
#include "analysis/passes.hpp"

namespace countercheck {
namespace {

bool computed_otherwise(const DigestFinding& finding) {
  return finding.verdict == DigestVerdict::differs || finding.verdict == DigestVerdict::unsteady;
}

// Two constant counts that differ may still be a coin's: n samples of each that fell on one side, and all of the others
// on the other side. The fairest coin does so once in 4^n / 2.
bool too_few_to_be_steady(std::size_t samples, double error) {
  return 2 * std::pow(0.25, static_cast<double>(samples)) > error;
}

double middle(const std::vector<double>& sorted) {
  const double above = sorted[sorted.size() / 2];
  if (sorted.size() % 2 == 1) return above;
  const double below = sorted[sorted.size() / 2 - 1];
  if (below == above) return above;
  if (below == 0 && std::isinf(above)) return 1;
  return std::sqrt(below) * std::sqrt(above);
}

class Judge {
 public:
  Judge(const Experiment& experiment, Per per)
      : experiment_(experiment), per_(per), digests_(check_digests(experiment)) {
    result_.tolerance = experiment.terms.tolerance;
    result_.confidence = experiment.terms.confidence;
    result_.sequential = experiment.plan.stops_early;
  }

  Inference judge() {
    if (experiment_.baseline >= experiment_.variants.size() || excluded(experiment_.baseline)) return result_;
    for (std::size_t event = 0; event < experiment_.events.size(); ++event) {
      for (std::size_t variant = 0; variant < experiment_.variants.size(); ++variant) {
        if (variant != experiment_.baseline && !excluded(variant)) pair_up(variant, event);
      }
    }
    for (std::size_t at = 0; at < result_.judged.size(); ++at) give_interval(result_.judged[at], ratios_[at]);
    return result_;
  }

 private:
  bool excluded(std::size_t variant) const { return computed_otherwise(digests_[variant]); }

  bool is_simulated(std::size_t event) const { return pass_shown(experiment_, event) == Pass::simulated; }

  void pair_up(std::size_t variant, std::size_t event) {
    const Pairs pairs = pairs_of(experiment_, variant, experiment_.baseline, event, per_);
    Judged judged{.variant = variant,
                  .event = event,
                  .pairs = pairs.pairs.size(),
                  .coverage = pairs.coverage,
                  .why = pairs.why_none};
    std::vector<double> ratios;
    for (const Pair& pair : pairs.pairs) ratios.push_back(ratio(pair));
    std::sort(ratios.begin(), ratios.end());
    if (!ratios.empty()) judged.ratio = middle(ratios);
    judged.exact = pairs.steady && !ratios.empty();
    if (!ratios.empty() && !judged.exact && !experiment_.variants[variant].again) ++result_.intervals;
    result_.judged.push_back(std::move(judged));
    ratios_.push_back(std::move(ratios));
  }

  void give_interval(Judged& judged, const std::vector<double>& ratios) const {
    if (ratios.empty()) return;
    const double error = 1 - result_.confidence;
    if (judged.exact) {
      if (judged.ratio != 1 && !is_simulated(judged.event) && too_few_to_be_steady(judged.pairs, error)) {
        judged.why = fmt::format("{} samples of each are too few to call a count steady", judged.pairs);
        return;
      }
      judged.low = judged.high = *judged.ratio;
    } else {
      const auto together = static_cast<double>(std::max<std::size_t>(result_.intervals, 1));
      const std::size_t k = result_.sequential ? rank_of_sequential_interval(ratios.size(), error / together)
                                               : rank_of_interval(ratios.size(), error / together);
      if (k == 0) {
        judged.why = too_few(judged.pairs, error / together);
        return;
      }
      judged.low = ratios[k - 1];
      judged.high = ratios[ratios.size() - k];
    }
    judged.verdict = verdict_of(judged.low, judged.high, result_.tolerance);
  }

  // "5 rounds cannot decide 14 intervals together at 95 %: 13 are needed"
  std::string too_few(std::size_t pairs, double error) const {
    const std::string intervals =
        result_.intervals > 1 ? fmt::format("{} intervals together", result_.intervals) : "anything";
    return fmt::format("{} {} cannot decide {} at {:g} %: {} are needed", pairs, pairs == 1 ? "round" : "rounds",
                       intervals, 100 * result_.confidence, values_needed(error, result_.sequential));
  }

  const Experiment& experiment_;
  Per per_;
  std::vector<DigestFinding> digests_;
  Inference result_;
  std::vector<std::vector<double>> ratios_;  // of each of the judged, in order
};

}  // namespace

Verdict verdict_of(double low, double high, double tolerance) {
  if (low >= 1 / (1 + tolerance) && high <= 1 + tolerance) return Verdict::equal;
  if (high < 1) return Verdict::better;
  if (low > 1) return Verdict::worse;
  return Verdict::undecided;
}

Inference infer(const Experiment& experiment, Per per) {
  return Judge(experiment, per).judge();
}

const Judged* find_judged(const Inference& inference, std::size_t variant, std::size_t event) {
  const auto found = std::find_if(inference.judged.begin(), inference.judged.end(), [&](const Judged& judged) {
    return judged.variant == variant && judged.event == event;
  });
  return found == inference.judged.end() ? nullptr : &*found;
}

bool decided(const Experiment& experiment) {
  const Inference inference = infer(experiment);
  bool any = false;
  for (const Judged& judged : inference.judged) {
    if (experiment.events[judged.event] != "wall-time" || experiment.variants[judged.variant].again) continue;
    if (judged.verdict == Verdict::undecided) return false;
    any = true;
  }
  return any;
}

}  // namespace countercheck
