#include "analysis/factors.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "analysis/aggregate.hpp"
#include "analysis/digests.hpp"
#include "analysis/event_names.hpp"
#include "analysis/factor_chains.hpp"
#include "analysis/factor_pairs.hpp"
#include "analysis/meanings.hpp"
#include "analysis/median_interval.hpp"
#include "analysis/outcomes.hpp"
#include "analysis/passes.hpp"
#include "analysis/statistics.hpp"

namespace countercheck {
namespace {

// So many events as there are could cost this share of the time, or they explain none of it.
constexpr double kLeastShare = 0.01;

// A quotient before it has an interval: the logarithms of baseline over variant, one for each pair.
struct Draft {
  std::vector<double> logs{};
  bool exact = false;
  bool simulated = false;  // all of it
  std::size_t rounds = 0;

  double low = 0;
  double high = std::numeric_limits<double>::infinity();
  Direction direction = Direction::undecided;
};

struct FactoredDraft {
  Factored made{};
  Draft whole{};
  std::vector<Draft> links{};
};

struct OtherDraft {
  std::size_t variant = 0;
  Factor made{};
  Draft draft{};
};

// Amounts of nothing: nothing is as much as nothing, and infinitely less than anything.
double log_ratio(double baseline, double variant) {
  if (baseline == variant) return 0;
  return std::log(baseline) - std::log(variant);
}

std::optional<std::size_t> event_named(const Experiment& experiment, const std::string& name) {
  const auto found = std::find(experiment.events.begin(), experiment.events.end(), name);
  if (found == experiment.events.end()) return std::nullopt;
  return static_cast<std::size_t>(found - experiment.events.begin());
}

// The event of that name, or that of user mode where everything is asked for by that.
std::optional<std::size_t> event_for(const Experiment& experiment, std::string_view name, bool user) {
  const auto plain = event_named(experiment, std::string(name));
  if (!user) return plain;
  const auto of_user = event_named(experiment, std::string(name) + ":u");
  return of_user ? of_user : plain;
}

// The indexes of the pairs in the middle half by the ratio of the whole; all of up to three.
std::vector<std::size_t> middle_of(const std::vector<double>& logs) {
  std::vector<std::size_t> order(logs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return logs[a] < logs[b]; });
  const auto outer = static_cast<std::ptrdiff_t>(logs.size() / 4);
  return {order.begin() + outer, order.end() - outer};
}

template <typename Value>
double geometric_mean(const std::vector<std::size_t>& used, Value value) {
  std::vector<double> logs;
  logs.reserve(used.size());
  for (const std::size_t pair : used) logs.push_back(std::log(value(pair)));
  return std::exp(*mean(logs));
}

class Apart {
 public:
  explicit Apart(const Experiment& experiment) : experiment_(experiment) {
    if (experiment.baseline >= experiment.variants.size()) return;
    for (const DigestFinding& finding : check_digests(experiment)) {
      excluded_.push_back(finding.verdict == DigestVerdict::differs || finding.verdict == DigestVerdict::unsteady);
    }
    if (excluded_[experiment.baseline]) return;
    for (std::size_t variant = 0; variant < experiment.variants.size(); ++variant) {
      if (variant == experiment.baseline || excluded_[variant] || experiment.variants[variant].again) continue;
      take(variant);
    }
  }

  Factors result() {
    Factors made{.confidence = experiment_.terms.confidence};
    std::vector<Draft*> drafts;
    for (auto* all : {&times_, &misses_}) {
      for (FactoredDraft& one : *all) {
        drafts.push_back(&one.whole);
        for (Draft& link : one.links) drafts.push_back(&link);
      }
    }
    for (OtherDraft& other : others_) drafts.push_back(&other.draft);
    const auto uncertain = [](const Draft* draft) { return !draft->exact; };
    made.intervals = static_cast<std::size_t>(std::count_if(drafts.begin(), drafts.end(), uncertain));
    for (Draft* draft : drafts) judge(*draft, made);
    for (FactoredDraft& one : times_) made.times.push_back(finished(std::move(one)));
    for (FactoredDraft& one : misses_) made.misses.push_back(finished(std::move(one)));
    for (OtherDraft& other : others_) {
      give(other.made, other.draft);
      made.others.emplace_back(other.variant, std::move(other.made));
    }
    return made;
  }

 private:
  void take(std::size_t variant) {
    for (const Chain& chain : time_chains()) {
      if (auto one = taken(chain, variant, false)) {
        times_.push_back(std::move(*one));
        break;
      }
    }
    for (const auto& kind : miss_chains()) {
      for (const Chain& chain : kind) {
        auto one = taken(chain, variant, true);
        if (!one) one = taken(chain, variant, false);
        if (!one) continue;
        misses_.push_back(std::move(*one));
        break;
      }
    }
    for (const OtherQuotient& other : other_quotients()) {
      for (const bool user : {false, true}) {
        if (add_other(other, variant, user)) break;
      }
    }
  }

  // The chain's parts in this experiment, the work items before them where they are asked for.
  std::optional<std::vector<Part>> parts_of(const Chain& chain, bool per_item, bool user) const {
    std::vector<Part> parts;
    for (const Link& link : chain.links) {
      const auto event = event_for(experiment_, link.event, user);
      if (!event) return std::nullopt;
      parts.push_back({event, pass_shown(experiment_, *event)});
    }
    const bool first_apart = parts.front().pass == Pass::simulated && parts.back().pass == Pass::measured;
    if (first_apart != chain.simulated_first) return std::nullopt;
    for (std::size_t at = 1; at < parts.size(); ++at) {
      if (parts[at].pass != parts.back().pass) return std::nullopt;
    }
    if (per_item) parts.insert(parts.begin(), Part{.pass = parts.back().pass});
    return parts;
  }

  std::optional<FactoredDraft> taken(const Chain& chain, std::size_t variant, bool per_item) const {
    for (const bool user : {false, true}) {
      const auto parts = parts_of(chain, per_item, user);
      if (!parts || !levels_follow(*parts, variant)) continue;
      PartPairs pairs = pair_parts(experiment_, variant, *parts);
      const auto has_nothing = [](const PartPair& pair) {
        const auto nothing = [](double amount) { return amount == 0; };
        return std::any_of(pair.baseline.begin(), pair.baseline.end(), nothing) ||
               std::any_of(pair.variant.begin(), pair.variant.end(), nothing);
      };
      std::erase_if(pairs.pairs, has_nothing);
      if (!pairs.pairs.empty()) return made_of(chain, variant, per_item, *parts, pairs);
    }
    return std::nullopt;
  }

  // Of counts of a PMU: a miss rate is made of accesses of the same level and requests, and the accesses of a level are
  // put beside the misses of the one above only where both are of the same requests.
  bool levels_follow(const std::vector<Part>& parts, std::size_t variant) const {
    const auto samples = completed_samples(experiment_, variant, parts.back().pass);
    const Reading* above = nullptr;
    for (const Part& part : parts) {
      const Reading* const reading =
          part.event && !samples.empty() ? reading_of(*samples.front(), *part.event) : nullptr;
      if (above && reading && is_cache_count(*above) && is_cache_count(*reading)) {
        const bool rate = is_misses(*reading);
        if (rate ? unlike(experiment_.meanings, *reading, *above).has_value()
                 : of_other_requests(experiment_.meanings, *above, *reading)) {
          return false;
        }
      }
      above = reading;
    }
    return true;
  }

  static bool is_misses(const Reading& reading) { return reading.event.find("misses") != std::string::npos; }
  static bool is_cache_count(const Reading& reading) {
    return reading.unit == Unit::count && reading.event.find("instructions") == std::string::npos &&
           reading.event.find("cycles") == std::string::npos;
  }

  FactoredDraft made_of(const Chain& chain, std::size_t variant, bool per_item, const std::vector<Part>& parts,
                        const PartPairs& pairs) const {
    FactoredDraft draft;
    draft.made.variant = variant;
    draft.made.quantity = std::string(chain.links.back().event);
    draft.made.per_item = per_item;
    draft.made.pairs = pairs.pairs.size();
    const std::size_t last = parts.size() - 1;
    const std::size_t first = per_item ? 1 : 0;
    const auto over = [&](const std::vector<double>& amounts, std::size_t part) {
      return part == 0 ? amounts[0] : amounts[part] / amounts[part - 1];
    };
    const auto of_whole = [&](const std::vector<double>& amounts) {
      return per_item ? amounts[last] / amounts[0] : amounts[last];
    };
    draft.whole.exact = pairs.steady[last] && (!per_item || pairs.steady[0]);
    draft.whole.simulated = parts[last].pass == Pass::simulated;
    for (const PartPair& pair : pairs.pairs) {
      draft.whole.logs.push_back(log_ratio(of_whole(pair.baseline), of_whole(pair.variant)));
    }
    const auto used = middle_of(draft.whole.logs);
    draft.made.used = used.size();
    draft.made.times = 1;
    for (std::size_t part = first; part <= last; ++part) {
      const Link& link = chain.links[part - first];
      Factor factor{.key = link.key,
                    .words = link.words,
                    .less = link.less,
                    .more = link.more,
                    .measure = link.measure,
                    .reciprocal = link.reciprocal};
      factor.user_only = pairs.user_only;
      if (pairs.user_only && !link.user_words.empty()) {
        factor.key = "user-cycles-per-cpu-second";
        factor.words = link.user_words;
      }
      const bool above_simulated = part > 0 && parts[part - 1].pass == Pass::simulated;
      factor.simulated = parts[part].pass == Pass::simulated || above_simulated;
      const double baseline =
          geometric_mean(used, [&](std::size_t pair) { return over(pairs.pairs[pair].baseline, part); });
      const double of_variant =
          geometric_mean(used, [&](std::size_t pair) { return over(pairs.pairs[pair].variant, part); });
      factor.times = baseline / of_variant;
      factor.baseline = link.scale * (link.reciprocal ? 1 / baseline : baseline);
      factor.variant = link.scale * (link.reciprocal ? 1 / of_variant : of_variant);
      draft.made.times *= factor.times;
      draft.made.factors.push_back(std::move(factor));

      Draft one;
      one.exact = pairs.steady[part] && (part == 0 || pairs.steady[part - 1]);
      one.simulated = parts[part].pass == Pass::simulated && (part == 0 || above_simulated || per_item);
      for (const PartPair& pair : pairs.pairs) {
        one.logs.push_back(log_ratio(over(pair.baseline, part), over(pair.variant, part)));
      }
      draft.links.push_back(std::move(one));
    }
    return draft;
  }

  // Whether there is such a quotient at all.
  bool add_other(const OtherQuotient& other, std::size_t variant, bool user) {
    const auto above = event_for(experiment_, other.above, user);
    if (!above) return false;
    std::vector<Part> parts{{above, pass_shown(experiment_, *above)}};
    if (!other.below.empty()) {
      const auto below = event_for(experiment_, other.below, user);
      if (!below) return false;
      parts.insert(parts.begin(), {below, parts.front().pass});
    }
    PartPairs pairs = pair_parts(experiment_, variant, parts);
    std::erase_if(pairs.pairs, [&](const PartPair& pair) {
      return parts.size() == 2 && (pair.baseline[0] == 0 || pair.variant[0] == 0);
    });
    if (pairs.pairs.empty()) return false;
    if (!could_matter(other, pairs, variant)) return true;

    OtherDraft draft{.variant = variant,
                     .made = {.key = other.key,
                              .words = other.words,
                              .measure = other.below.empty() ? Measure::count : Measure::number,
                              .simulated = parts.back().pass == Pass::simulated,
                              .user_only = pairs.user_only}};
    std::vector<double> baselines;
    std::vector<double> variants;
    for (const PartPair& pair : pairs.pairs) {
      baselines.push_back(parts.size() == 2 ? pair.baseline[1] / pair.baseline[0] : pair.baseline[0]);
      variants.push_back(parts.size() == 2 ? pair.variant[1] / pair.variant[0] : pair.variant[0]);
      draft.draft.logs.push_back(log_ratio(baselines.back(), variants.back()));
    }
    draft.made.baseline = *median(baselines);
    draft.made.variant = *median(variants);
    draft.made.times = std::exp(log_ratio(draft.made.baseline, draft.made.variant));
    draft.made.baseline *= other.scale;
    draft.made.variant *= other.scale;
    draft.draft.exact = std::all_of(pairs.steady.begin(), pairs.steady.end(), [](bool steady) { return steady; });
    draft.draft.simulated = draft.made.simulated;
    others_.push_back(std::move(draft));
    return true;
  }

  bool could_matter(const OtherQuotient& other, const PartPairs& pairs, std::size_t variant) const {
    const auto time = event_named(experiment_, std::string(kWallTime));
    if (!time) return true;
    double longest = 0;
    for (const std::size_t one : {experiment_.baseline, variant}) {
      const Aggregate sum = aggregate(experiment_, one, *time);
      if (sum.n > 0) longest = std::max(longest, sum.median);
    }
    std::vector<double> most;
    for (const PartPair& pair : pairs.pairs) most.push_back(std::max(pair.baseline.back(), pair.variant.back()));
    return *median(most) * other.cost >= kLeastShare * longest;
  }

  void judge(Draft& draft, Factors& made) const {
    std::vector<double> sorted = draft.logs;
    std::sort(sorted.begin(), sorted.end());
    const double error = 1 - experiment_.terms.confidence;
    if (draft.exact) {
      // A count that happened to be the same in a few samples need not be so for ever; a simulated one is.
      const double chance = 2 * std::pow(0.25, static_cast<double>(sorted.size()));
      if (sorted.front() != 0 && !draft.simulated && chance > error) return;
      draft.low = draft.high = std::exp(sorted.front());
    } else {
      const double each = error / static_cast<double>(std::max<std::size_t>(made.intervals, 1));
      const bool sequential = experiment_.plan.stops_early;
      const std::size_t k =
          sequential ? rank_of_sequential_interval(sorted.size(), each) : rank_of_interval(sorted.size(), each);
      if (k == 0) {
        made.needed = std::max(made.needed, values_needed(each, sequential));
        return;
      }
      draft.low = std::exp(sorted[k - 1]);
      draft.high = std::exp(sorted[sorted.size() - k]);
    }
    const double near = 1 + experiment_.terms.tolerance;
    if (draft.low >= 1 / near && draft.high <= near) {
      draft.direction = Direction::same;
    } else if (draft.low > 1) {
      draft.direction = Direction::less;
    } else if (draft.high < 1) {
      draft.direction = Direction::more;
    }
  }

  template <typename Into>
  static void give(Into& into, const Draft& draft) {
    into.low = draft.low;
    into.high = draft.high;
    into.direction = draft.direction;
    if constexpr (std::is_same_v<Into, Factor>) into.exact = draft.exact;
  }

  static Factored finished(FactoredDraft draft) {
    give(draft.made, draft.whole);
    for (std::size_t at = 0; at < draft.links.size(); ++at) give(draft.made.factors[at], draft.links[at]);
    return std::move(draft.made);
  }

  const Experiment& experiment_;
  std::vector<bool> excluded_{};
  std::vector<FactoredDraft> times_{};
  std::vector<FactoredDraft> misses_{};
  std::vector<OtherDraft> others_{};
};

}  // namespace

Factors take_apart(const Experiment& experiment) {
  return Apart(experiment).result();
}

}  // namespace countercheck
