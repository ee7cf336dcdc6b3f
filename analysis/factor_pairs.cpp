#include "analysis/factor_pairs.hpp"

#include <algorithm>

#include "analysis/aggregate.hpp"
#include "analysis/outcomes.hpp"
#include "analysis/passes.hpp"

namespace countercheck {
namespace {

bool of_one_kind(const Reading& a, const Reading& b) {
  return a.source == b.source && a.privilege == b.privilege;
}

bool of_one_turn(const Sample& a, const Sample& b) {
  return a.round == b.round && a.layout == b.layout && a.event_pass == b.event_pass;
}

const Reading* whole_reading(const Sample& sample, std::size_t event) {
  const Reading* const reading = reading_of(sample, event);
  return reading && raw(*reading) && coverage(*reading) == 1 ? reading : nullptr;
}

const Sample* any_simulated(const Experiment& experiment, std::size_t variant) {
  const auto samples = completed_samples(experiment, variant, Pass::simulated);
  return samples.empty() ? nullptr : samples.front();
}

// The parts of one pair of samples, as long as they belong together.
class Collector {
 public:
  Collector(const Experiment& experiment, std::size_t variant, Pass pass)
      : experiment_(experiment), variant_(variant), pass_(pass) {}

  // Whether it could be taken.
  bool add(const Part& part, const Sample& baseline, const Sample& variant) {
    if (!part.event) return add_items(baseline, variant);
    const bool apart = part.pass != pass_;
    const Sample* const one = apart ? any_simulated(experiment_, experiment_.baseline) : &baseline;
    const Sample* const other = apart ? any_simulated(experiment_, variant_) : &variant;
    const Reading* const a = one ? whole_reading(*one, *part.event) : nullptr;
    const Reading* const b = other ? whole_reading(*other, *part.event) : nullptr;
    if (!a || !b || !of_one_kind(*a, *b)) return false;
    if (a->unit == Unit::count && a->source != Source::kernel) {
      if (counted_ && !apart && !of_one_kind(*counted_, *a)) return false;
      if (!apart) counted_ = a;
      user_only_ = user_only_ || (a->privilege == Privilege::user && a->source != Source::sim);
    }
    pair_.baseline.push_back(static_cast<double>(*raw(*a)) * scale(part, experiment_.baseline));
    pair_.variant.push_back(static_cast<double>(*raw(*b)) * scale(part, variant_));
    return true;
  }

  const PartPair& pair() const { return pair_; }
  bool user_only() const { return user_only_; }

 private:
  bool add_items(const Sample& baseline, const Sample& variant) {
    if (baseline.work_items.value_or(0) == 0 || variant.work_items.value_or(0) == 0) return false;
    const Part items{.pass = pass_};
    pair_.baseline.push_back(static_cast<double>(*baseline.work_items) * scale(items, experiment_.baseline));
    pair_.variant.push_back(static_cast<double>(*variant.work_items) * scale(items, variant_));
    return true;
  }

  double scale(const Part& part, std::size_t variant) const {
    return part.pass == Pass::simulated ? steps_scale(experiment_, variant) : 1;
  }

  const Experiment& experiment_;
  std::size_t variant_;
  Pass pass_;
  PartPair pair_{};
  const Reading* counted_ = nullptr;
  bool user_only_ = false;
};

bool is_steady(const Experiment& experiment, std::size_t variant, const Part& part) {
  if (part.pass == Pass::simulated) return true;
  if (part.event) return aggregate(experiment, variant, *part.event, Per::sample, part.pass).exact;
  const Outcome outcome = outcome_of(experiment, variant);
  return outcome.work_items && outcome.work_items->least == outcome.work_items->most;
}

}  // namespace

PartPairs pair_parts(const Experiment& experiment, std::size_t variant, const std::vector<Part>& parts) {
  const Pass pass = parts.back().pass;
  PartPairs result;
  const auto others = completed_samples(experiment, variant, pass);
  for (const Sample* baseline : completed_samples(experiment, experiment.baseline, pass)) {
    const auto same = [&](const Sample* other) { return of_one_turn(*baseline, *other); };
    const auto other = std::find_if(others.begin(), others.end(), same);
    if (other == others.end()) continue;
    Collector collector(experiment, variant, pass);
    const auto taken = [&](const Part& part) { return collector.add(part, *baseline, **other); };
    if (!std::all_of(parts.begin(), parts.end(), taken)) continue;
    result.pairs.push_back(collector.pair());
    result.user_only = result.user_only || collector.user_only();
  }
  for (const Part& part : parts) {
    result.steady.push_back(is_steady(experiment, experiment.baseline, part) && is_steady(experiment, variant, part));
  }
  return result;
}

}  // namespace countercheck
