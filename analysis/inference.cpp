#include "analysis/inference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/digests.hpp"
#include "analysis/event_names.hpp"
#include "analysis/median_interval.hpp"
#include "analysis/pairing.hpp"
#include "analysis/passes.hpp"
#include "analysis/statistics.hpp"
#include "counters/counted_noun.hpp"

namespace countercheck {
namespace {

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

// "5 rounds cannot decide 14 intervals together at 95 %: 13 are needed"
std::string too_few(const Inference& together, std::size_t pairs) {
  const std::string what =
      together.intervals > 1 ? fmt::format("{} intervals together", together.intervals) : "anything";
  return fmt::format("{} cannot decide {} at {:g} %: {} are needed", counted_noun(pairs, "round"), what,
                     100 * together.confidence, values_needed(together.error, together.sequential));
}

bool both_zero(const Pairs& pairs) {
  std::vector<double> ones;
  std::vector<double> others;
  for (const Pair& pair : pairs.pairs) {
    ones.push_back(pair.one);
    others.push_back(pair.other);
  }
  return median(ones) == 0.0 && median(others) == 0.0;
}

Judged judge_exactly(Judged judged, double ratio, const Inference& together, bool simulated) {
  if (ratio != 1 && !simulated && too_few_to_be_steady(judged.pairs, 1 - together.confidence)) {
    judged.why = fmt::format("{} of each are too few to call a count steady",
                             judged.pairs == 1 ? "one sample" : fmt::format("{} samples", judged.pairs));
    return judged;
  }
  judged.low = judged.high = ratio;
  judged.verdict = verdict_of(judged.low, judged.high, together.tolerance);
  return judged;
}

Judged judge_pairs(std::size_t variant, std::size_t event, const Pairs& pairs, const Inference& together,
                   bool simulated) {
  Judged judged{.variant = variant,
                .event = event,
                .pairs = pairs.pairs.size(),
                .exact = pairs.steady,
                .coverage = pairs.coverage,
                .why = pairs.why_none};
  if (pairs.pairs.empty()) return judged;
  std::vector<double> ratios;
  for (const Pair& pair : pairs.pairs) ratios.push_back(ratio(pair));
  std::sort(ratios.begin(), ratios.end());
  const double ratio_shown = middle(ratios);
  judged.both_zero = both_zero(pairs);
  if (!judged.both_zero) judged.ratio = ratio_shown;
  if (judged.exact) return judge_exactly(std::move(judged), ratio_shown, together, simulated);

  const std::size_t k = together.sequential ? rank_of_sequential_interval(ratios.size(), together.error)
                                            : rank_of_interval(ratios.size(), together.error);
  if (k == 0) {
    judged.why = too_few(together, judged.pairs);
  } else {
    judged.low = ratios[k - 1];
    judged.high = ratios[ratios.size() - k];
    judged.verdict = verdict_of(judged.low, judged.high, together.tolerance);
  }
  return judged;
}

class Judge {
 public:
  Judge(const Experiment& experiment, Per per) : experiment_(experiment), per_(per) {
    result_.tolerance = experiment.terms.tolerance;
    result_.confidence = experiment.terms.confidence;
    result_.sequential = experiment.plan.stops_early;
    result_.in_turns = experiment.plan.order != Order::sequential;
    const auto digests = check_digests(experiment);
    for (std::size_t variant = 0; variant < experiment.variants.size(); ++variant) {
      const DigestVerdict digest = digests[variant].verdict;
      const bool otherwise = digest == DigestVerdict::differs || digest == DigestVerdict::unsteady;
      if (!otherwise) compared_.push_back(variant);
      if (otherwise && variant == experiment.baseline) baseline_excluded_ = true;
    }
    std::erase(compared_, experiment.baseline);
  }

  Inference judge() {
    if (experiment_.variants.empty() || baseline_excluded_) return result_;
    std::vector<Pairs> all;
    for (std::size_t event = 0; event < experiment_.events.size(); ++event) {
      for (const std::size_t variant : compared_) {
        all.push_back(pairs_of(experiment_, variant, experiment_.baseline, event, per_));
        result_.judged.push_back({.variant = variant, .event = event});
        const bool needs_interval = !all.back().pairs.empty() && !all.back().steady;
        if (needs_interval && !is_again(experiment_, variant)) ++result_.intervals;
      }
    }
    result_.intervals += beside_the_baseline();
    const auto together = static_cast<double>(std::max<std::size_t>(result_.intervals, 1));
    result_.error = (1 - result_.confidence) / together;
    for (std::size_t at = 0; at < all.size(); ++at) {
      Judged& judged = result_.judged[at];
      const bool simulated = pass_shown(experiment_, judged.event) == Pass::simulated;
      judged = judge_pairs(judged.variant, judged.event, all[at], result_, simulated);
    }
    look_at_the_second_measurement();
    return result_;
  }

 private:
  // Two variants of the ranking, neither the baseline, by the time.
  std::size_t beside_the_baseline() const {
    std::size_t timed = 0;
    for (const Judged& judged : result_.judged) {
      if (experiment_.events[judged.event] == kWallTime && !is_again(experiment_, judged.variant)) ++timed;
    }
    return timed < 2 ? 0 : timed * (timed - 1) / 2;
  }

  void look_at_the_second_measurement() {
    for (const Judged& judged : result_.judged) {
      if (!is_again(experiment_, judged.variant)) continue;
      if (!result_.against_itself) result_.against_itself = AgainstItself{.variant = judged.variant};
      if (!is_compared(judged)) continue;
      ++result_.against_itself->verdicts;
      if (judged.verdict == Verdict::better || judged.verdict == Verdict::worse) ++result_.against_itself->wrong;
      const bool bounded = judged.low > 0 && std::isfinite(judged.high);
      if (experiment_.events[judged.event] == kWallTime && bounded) {
        result_.against_itself->least_time = std::sqrt(judged.high / judged.low) - 1;
      }
    }
  }

  const Experiment& experiment_;
  Per per_;
  std::vector<std::size_t> compared_;  // variants
  bool baseline_excluded_ = false;
  Inference result_;
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

Judged judge_pair(const Experiment& experiment, std::size_t one, std::size_t other, std::size_t event,
                  const Inference& together, Per per) {
  return judge_pairs(one, event, pairs_of(experiment, one, other, event, per), together,
                     pass_shown(experiment, event) == Pass::simulated);
}

const Judged* find_judged(const Inference& inference, std::size_t variant, std::size_t event) {
  const auto found = std::find_if(inference.judged.begin(), inference.judged.end(), [&](const Judged& judged) {
    return judged.variant == variant && judged.event == event;
  });
  return found == inference.judged.end() ? nullptr : &*found;
}

}  // namespace countercheck
