#include "analysis/ranking.hpp"

#include <algorithm>

#include "analysis/aggregate.hpp"
#include "analysis/event_names.hpp"

namespace countercheck {

std::vector<Rank> rank(const Experiment& experiment, const std::vector<bool>& excluded, const Inference& inference) {
  std::vector<Rank> ranking;
  const auto& events = experiment.events;
  const auto time = std::find(events.begin(), events.end(), kWallTime);
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

std::optional<Lead> lead(const Experiment& experiment, const std::vector<Rank>& ranking, const Inference& inference) {
  if (ranking.size() < 2 || ranking.front().time <= 0) return std::nullopt;
  const auto is_baseline = [&](const Rank& entry) { return entry.variant == experiment.baseline; };
  const auto baseline = std::find_if(ranking.begin(), ranking.end(), is_baseline);
  if (baseline == ranking.end()) return std::nullopt;
  const Rank& fastest = ranking.front();
  const Rank& other = baseline == ranking.begin() ? ranking[1] : *baseline;
  return Lead{.fastest = fastest.variant,
              .other = other.variant,
              .times_as_fast = other.time / fastest.time,
              .judged = judge_pair(experiment, fastest.variant, other.variant, other.against_fastest.event, inference)};
}

}  // namespace countercheck
