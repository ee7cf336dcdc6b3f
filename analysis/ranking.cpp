#include "analysis/ranking.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "analysis/aggregate.hpp"
#include "analysis/event_names.hpp"
#include "analysis/metrics.hpp"
#include "analysis/passes.hpp"

namespace countercheck {
namespace {

// What can explain a time. `cost` is what one event may cost at the most, in ns, taken high on purpose: it only serves
// to drop counts too few to matter, such as 4 context switches against 2.
struct Cause {
  std::string_view event;  // or the metric's key
  std::string_view what;
  double cost;
  bool more_is_faster;
};

constexpr Cause kCauses[] = {
    {"instructions", "instructions", 10, false},
    {"insns-per-cycle", "instructions per cycle", 0, true},
    {"cpus-utilized", "CPUs utilized", 0, true},
    {"page-faults", "page faults", 10'000, false},
    {"cache-misses", "cache misses", 500, false},
    {"L1-dcache-load-misses", "L1 data cache load misses", 50, false},
    {"LLC-load-misses", "last-level cache load misses", 500, false},
    {"dTLB-load-misses", "data TLB load misses", 500, false},
    {"branch-misses", "branch misses", 50, false},
    {"context-switches", "context switches", 50'000, false},
};
constexpr double kLeastEffect = 1.1;
constexpr double kLeastShare = 0.01;

// A number of one variant that may be a cause, whether counted or derived.
struct Amount {
  double median = 0;
  double coverage = 1;
  bool simulated = false;
  std::optional<std::size_t> event{};  // empty: derived
};

// What a cost is weighed against is the time of all steps.
Amount simulated_amount(const Experiment& experiment, std::size_t variant, std::size_t event, const Aggregate& sum) {
  const double scale = steps_scale(experiment, variant) / shown_scale(experiment, variant);
  return {sum.median * scale, sum.coverage, true, event};
}

std::optional<Amount> counted(const Experiment& experiment, std::size_t variant, std::string_view name) {
  for (std::size_t event = 0; event < experiment.events.size(); ++event) {
    if (base_name(experiment.events[event]) == name) {
      const Pass pass = pass_shown(experiment, event);
      const Aggregate sum = aggregate(experiment, variant, event, Per::sample, pass);
      if (sum.n > 0 && pass == Pass::simulated) return simulated_amount(experiment, variant, event, sum);
      if (sum.n > 0) return Amount{sum.median, sum.coverage, false, event};
    }
    for (const Metric& metric : metrics()) {
      if (metric.key != name || metric.event != base_name(experiment.events[event])) continue;
      const auto figure = evaluate(metric, experiment, variant, event, pass_shown(experiment, event));
      if (figure && !figure->absence && !figure->impossible) {
        return Amount{figure->median, figure->coverage};
      }
    }
  }
  return std::nullopt;
}

// The fastest differs from the baseline by it. What is derived has no interval: its parts have theirs.
bool differs(const Inference& inference, const Explanation& pair, const Amount& amount) {
  if (!amount.event) return true;
  const Judged* const judged = find_judged(inference, pair.fastest, *amount.event);
  return judged && (judged->verdict == Verdict::better || judged->verdict == Verdict::worse);
}

std::optional<Reason> reason(const Experiment& experiment, const Cause& cause, const Explanation& pair,
                             const Inference& inference, double time_won) {
  const auto fast = counted(experiment, pair.fastest, cause.event);
  const auto slow = counted(experiment, pair.other, cause.event);
  if (!fast || !slow || fast->coverage < 1 || slow->coverage < 1 || slow->median <= 0) return std::nullopt;
  if (!differs(inference, pair, *fast)) return std::nullopt;
  const double ratio = fast->median / slow->median;
  if (ratio < kLeastEffect && ratio > 1 / kLeastEffect) return std::nullopt;
  if (cause.cost > 0 && std::abs(fast->median - slow->median) * cause.cost < kLeastShare * time_won)
    return std::nullopt;
  return Reason{std::string(cause.what) + (fast->simulated ? " (simulated)" : ""), ratio,
                (ratio > 1) == cause.more_is_faster};
}

}  // namespace

std::vector<Rank> rank(const Experiment& experiment, const std::vector<bool>& excluded, const Inference& inference) {
  std::vector<Rank> ranking;
  const auto& events = experiment.events;
  const auto time = std::find(events.begin(), events.end(), "wall-time");
  if (time == events.end()) return ranking;
  const auto event = static_cast<std::size_t>(time - events.begin());
  for (std::size_t variant = 0; variant < experiment.variants.size(); ++variant) {
    if (excluded[variant]) continue;
    const Aggregate wall = aggregate(experiment, variant, event);
    if (wall.n > 0)
      ranking.push_back({.variant = variant, .time = wall.median, .standard_deviation = wall.standard_deviation});
  }
  std::stable_sort(ranking.begin(), ranking.end(), [](const Rank& a, const Rank& b) { return a.time < b.time; });
  for (std::size_t place = 1; place < ranking.size(); ++place) {
    const Rank& fastest = ranking.front();
    Rank& entry = ranking[place];
    entry.ratio = fastest.time > 0 ? entry.time / fastest.time : 1;
    entry.against_fastest = judge_pair(experiment, entry.variant, fastest.variant, event, inference);
  }
  return ranking;
}

std::optional<Explanation> explain(const Experiment& experiment, const std::vector<Rank>& ranking,
                                   const Inference& inference) {
  if (ranking.size() < 2 || ranking.front().time <= 0) return std::nullopt;
  const auto is_baseline = [&](const Rank& entry) { return entry.variant == experiment.baseline; };
  const auto baseline = std::find_if(ranking.begin(), ranking.end(), is_baseline);
  if (baseline == ranking.end()) return std::nullopt;
  const Rank& fastest = ranking.front();
  const Rank& other = baseline == ranking.begin() ? ranking[1] : *baseline;
  Explanation result{
      .fastest = fastest.variant,
      .other = other.variant,
      .times_as_fast = other.time / fastest.time,
      .judged = judge_pair(experiment, fastest.variant, other.variant, other.against_fastest.event, inference)};
  if (result.judged.verdict != Verdict::better || result.other != experiment.baseline) return result;
  for (const Cause& cause : kCauses) {
    if (auto found = reason(experiment, cause, result, inference, other.time - fastest.time)) {
      result.reasons.push_back(std::move(*found));
    }
  }
  std::stable_partition(result.reasons.begin(), result.reasons.end(), [](const Reason& r) { return r.helps; });
  return result;
}

}  // namespace countercheck
