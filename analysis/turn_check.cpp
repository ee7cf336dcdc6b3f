#include "analysis/turn_check.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include "experiment/turns.hpp"

namespace countercheck {
namespace {

// Walks the plan and the samples side by side.
class Walk {
 public:
  explicit Walk(const Experiment& experiment) : experiment_(experiment) {
    for (std::size_t at = 0; at < experiment.samples.size(); ++at) {
      if (experiment.samples[at].pass == Pass::measured) measured_.push_back(at);
    }
  }

  TurnCheck check() {
    if (measured_.empty()) return {};
    for (const auto& leg : legs_of(experiment_.plan.order, experiment_.variants.size())) {
      if (!walk(leg, true, experiment_.plan.warm_up) || !walk(leg, false, experiment_.rounds)) return found_;
    }
    if (next_ < measured_.size()) contradict("stands after the last round of the plan");
    return found_;
  }

 private:
  // Whether there is more to walk.
  bool walk(const std::vector<std::size_t>& leg, bool warm_up, unsigned rounds) {
    RoundOrder order(leg, samples_in_round(experiment_), experiment_.plan.seed, warm_up);
    for (unsigned round = 0; round < rounds; ++round) {
      const bool left = std::any_of(leg.begin(), leg.end(), [&](auto variant) { return !given_up_.contains(variant); });
      if (!left) return true;
      const bool ended = next_ == measured_.size();
      // A time limit ends the rounds of one variant, and the next one has its turns.
      if (!ended && !warm_up && std::find(leg.begin(), leg.end(), sample().variant) == leg.end()) return true;
      if (ended) {
        remark(round, rounds);
        return false;
      }
      for (const Place& place : order.next()) {
        if (!given_up_.contains(place.variant) && !take(place, round, warm_up)) return false;
      }
    }
    return true;
  }

  bool take(const Place& place, unsigned round, bool warm_up) {
    if (next_ == measured_.size()) {
      found_.remark = "the last round is not whole: the run was ended from outside, or samples were taken out";
      return false;
    }
    const Sample& one = sample();
    if (one.variant != place.variant || one.event_pass != place.event_pass || one.round != round ||
        one.warm_up != warm_up) {
      contradict("is not the one that the plan and its seed have there: " + name(place.variant, round, warm_up));
      return false;
    }
    ++next_;
    if (one.ending != Ending::completed) given_up_.insert(one.variant);
    if (one.ending != Ending::interrupted) return true;
    if (next_ < measured_.size()) contradict("stands after an interruption, which ends all");
    return false;
  }

  const Sample& sample() const { return experiment_.samples[measured_[next_]]; }

  std::string name(std::size_t variant, unsigned round, bool warm_up) const {
    return experiment_.variants[variant].name + (warm_up ? ", warm-up round " : ", round ") + std::to_string(round + 1);
  }
  void contradict(const std::string& what) {
    const Sample& one = sample();
    found_.contradiction = "sample " + std::to_string(measured_[next_] + 1) + " (" +
                           name(one.variant, one.round, one.warm_up) + ") " + what;
  }
  void remark(unsigned there, unsigned planned) {
    found_.remark = std::to_string(there) + " of " + std::to_string(planned) +
                    " rounds are there: the run was ended from outside, or samples were taken out";
  }

  const Experiment& experiment_;
  std::vector<std::size_t> measured_;  // indexes of samples
  std::size_t next_ = 0;               // index into them
  std::set<std::size_t> given_up_;
  TurnCheck found_;
};

}  // namespace

TurnCheck check_turns(const Experiment& experiment) {
  return Walk(experiment).check();
}

}  // namespace countercheck
