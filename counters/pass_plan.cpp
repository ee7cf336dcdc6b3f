#include "counters/pass_plan.hpp"

#include <algorithm>

#include "counters/group.hpp"
#include "counters/little_work.hpp"

namespace countercheck {
namespace {

using Indexes = std::vector<std::size_t>;

bool holds(const Indexes& indexes, std::size_t index) {
  return std::find(indexes.begin(), indexes.end(), index) != indexes.end();
}

Indexes without(Indexes indexes, const Indexes& others) {
  std::erase_if(indexes, [&](std::size_t index) { return holds(others, index); });
  return indexes;
}

Indexes restricted_to(Indexes indexes, const Indexes& others) {
  std::erase_if(indexes, [&](std::size_t index) { return !holds(others, index); });
  return indexes;
}

Indexes both(Indexes a, const Indexes& b) {
  for (const std::size_t index : b) {
    if (!holds(a, index)) a.push_back(index);
  }
  return a;
}

// Deals countables to groups and remembers what was tried.
class Planner {
 public:
  Planner(const std::vector<Countable>& countables, std::optional<std::size_t> anchor, const Companions& companions,
          const Fits& fits)
      : countables_(countables), anchor_(anchor), companions_(companions), fits_(fits) {}

  bool fits(const Indexes& members) const { return fits_(in_order(members)); }

  // The order asked for, but who must lead comes first.
  Indexes in_order(Indexes members) const {
    std::sort(members.begin(), members.end());
    std::stable_partition(members.begin(), members.end(),
                          [&](std::size_t index) { return countables_[index].event.leads; });
    return members;
  }

  Indexes anchored(const Indexes& members) const {
    return anchor_ && !holds(members, *anchor_) ? both({*anchor_}, members) : members;
  }

  // Countables linked by ratios, directly or over others; those linked to none are alone.
  std::vector<Indexes> clusters(const Indexes& events) const {
    std::vector<Indexes> clusters;
    for (const std::size_t event : events) clusters.push_back({event});
    for (const auto& companions : companions_) {
      const Indexes linked = restricted_to(companions, events);
      if (linked.size() < 2) continue;
      Indexes merged;
      for (const auto& cluster : clusters) {
        if (!restricted_to(cluster, linked).empty()) merged = both(merged, cluster);
      }
      std::erase_if(clusters, [&](const Indexes& cluster) { return holds(merged, cluster.front()); });
      clusters.push_back(merged);
    }
    for (auto& cluster : clusters) std::sort(cluster.begin(), cluster.end());
    std::sort(clusters.begin(), clusters.end());
    return clusters;
  }

  // A cluster in parts that each fit beside the anchor: its ratios, then what is left one by one. What several ratios
  // need, such as the cycles that they are divided by, is in several parts.
  std::vector<Indexes> parts(const Indexes& cluster) const {
    if (fits(anchored(cluster))) return {cluster};
    std::vector<Indexes> parts;
    Indexes covered;
    for (const auto& companions : companions_) {
      const Indexes linked = restricted_to(companions, cluster);
      const bool whole = linked.size() == cluster.size();
      if (linked.size() < 2 || whole || without(linked, covered).empty() || !fits(anchored(linked))) continue;
      parts.push_back(linked);
      covered = both(covered, linked);
    }
    for (const std::size_t event : without(cluster, covered)) parts.push_back({event});
    return parts;
  }

 private:
  const std::vector<Countable>& countables_;
  std::optional<std::size_t> anchor_;
  const Companions& companions_;
  const Fits& fits_;
};

// Whether counters of one type of core fit together, tried on such a core.
class Probe {
 public:
  Probe(const std::vector<Countable>& countables, const Access& access, PerfEventOpen open)
      : countables_(countables), access_(access), open_(open) {}

  bool operator()(const Indexes& members) {
    if (access_.cores.size() < 2) return fit(encodings(members, nullptr));
    return std::all_of(access_.cores.begin(), access_.cores.end(), [&](const CorePmu& pmu) {
      const auto group = encodings(members, &pmu);
      const OnCpusOf here(pmu);
      return here.there() ? fit(group) : opens(group);
    });
  }

 private:
  std::vector<Encoding> encodings(const Indexes& members, const CorePmu* pmu) const {
    std::vector<Encoding> group;
    for (const std::size_t index : members) {
      const Countable& countable = countables_[index];
      if (!pmu) group.push_back(std::get<Encoding>(countable.by));
      for (const auto& core : countable.cores) {
        const auto* const encoding = std::get_if<Encoding>(&core.by);
        if (pmu && encoding && core.pmu == pmu->name) group.push_back(*encoding);
      }
    }
    return group;
  }

  bool opens(const std::vector<Encoding>& group) const {
    const auto outcomes = run_group(
        group, [] {}, open_);
    return std::all_of(outcomes.begin(), outcomes.end(),
                       [](const CounterOutcome& outcome) { return std::holds_alternative<CounterValue>(outcome); });
  }

  // What an event counts alone is its measure: a count far from 0 must not become 0 beside others.
  bool fit(const std::vector<Encoding>& group) {
    constexpr std::uint64_t kFarFromZero = 1000;
    const auto outcomes = run_group(group, do_a_little_arithmetic, open_);
    for (std::size_t i = 0; i < group.size(); ++i) {
      if (!ran_throughout(outcomes[i])) return false;
      const bool zero = std::get<CounterValue>(outcomes[i]).value == 0;
      if (zero && group.size() > 1 && alone(group, i) >= kFarFromZero) return false;
    }
    return true;
  }

  // One that needs its leader has it, alone or not.
  std::uint64_t alone(const std::vector<Encoding>& group, std::size_t index) {
    std::vector<Encoding> one{group[index]};
    for (const auto& countable : countables_) {
      const auto* const own = std::get_if<Encoding>(&countable.by);
      if (own && *own == group[index] && countable.event.leader) one.insert(one.begin(), group.front());
    }
    const auto outcome = run_group(one, do_a_little_arithmetic, open_).back();
    return ran_throughout(outcome) ? std::get<CounterValue>(outcome).value : 0;
  }

  const std::vector<Countable>& countables_;
  const Access& access_;
  PerfEventOpen open_;
};

}  // namespace

std::vector<std::size_t> on_cores(const std::vector<Countable>& countables, const Access& access) {
  std::vector<std::size_t> indexes;
  for (std::size_t i = 0; i < countables.size(); ++i) {
    const auto* const encoding = std::get_if<Encoding>(&countables[i].by);
    if (encoding && counts_on_core(*encoding, access.cores)) indexes.push_back(i);
  }
  return indexes;
}

PassPlan plan_passes(const std::vector<Countable>& countables, const std::vector<std::size_t>& on_cores,
                     std::optional<std::size_t> anchor, const Companions& companions, const Fits& fits) {
  const Planner planner(countables, anchor, companions, fits);
  PassPlan plan{.anchor = anchor};
  if (on_cores.empty()) {
    plan.passes.emplace_back();
    return plan;
  }
  if (planner.fits(on_cores)) {
    plan.passes = {{{planner.in_order(on_cores)}}};
    return plan;
  }
  std::vector<Indexes> passes;
  std::vector<Indexes> bare;  // no counter is left for the anchor
  for (const auto& cluster : planner.clusters(anchor ? without(on_cores, {*anchor}) : on_cores)) {
    for (const auto& part : planner.parts(cluster)) {
      const auto room = std::find_if(passes.begin(), passes.end(),
                                     [&](const Indexes& pass) { return planner.fits(both(pass, part)); });
      if (room != passes.end()) {
        *room = both(*room, part);
      } else if (planner.fits(planner.anchored(part))) {
        passes.push_back(planner.anchored(part));
      } else if (planner.fits(part)) {
        bare.push_back(part);
      } else {
        plan.starved = both(plan.starved, part);
      }
    }
  }
  if (passes.empty() && anchor) {
    if (planner.fits({*anchor})) {
      passes.push_back({*anchor});
    } else {
      plan.starved = both(plan.starved, {*anchor});
    }
  }
  for (const auto& pass : passes) plan.passes.push_back({{planner.in_order(pass)}});
  for (const auto& pass : bare) {
    if (anchor) plan.unanchored.push_back(plan.passes.size());
    plan.passes.push_back({{planner.in_order(pass)}});
  }
  if (plan.passes.empty()) plan.passes.emplace_back();
  std::sort(plan.starved.begin(), plan.starved.end());
  return plan;
}

PassPlan plan_multiplexed(const std::vector<Countable>& countables, const std::vector<std::size_t>& on_cores,
                          std::optional<std::size_t> anchor, const Companions& companions, const Fits& fits) {
  const Planner planner(countables, anchor, companions, fits);
  PassPlan plan{.passes = {{}}, .anchor = anchor};
  if (on_cores.empty()) return plan;
  if (planner.fits(on_cores)) {
    plan.passes = {{{planner.in_order(on_cores)}}};
    return plan;
  }
  std::vector<Indexes> groups;
  // The anchor of a hybrid machine stays on: it tells how long the tasks were on cores of each type.
  const bool pinned = anchor && !countables[*anchor].cores.empty();
  Indexes dealt;
  if (pinned) dealt.push_back(*anchor);
  for (const auto& list : companions) {
    const Indexes linked = restricted_to(list, on_cores);
    if (linked.size() < 2 || (pinned && holds(linked, *anchor))) continue;
    const auto touches = [&](const Indexes& group) { return !restricted_to(group, linked).empty(); };
    const auto touched = std::count_if(groups.begin(), groups.end(), touches);
    if (touched > 1) continue;
    const auto group = std::find_if(groups.begin(), groups.end(), touches);
    const Indexes together = group == groups.end() ? without(linked, dealt) : both(*group, without(linked, dealt));
    if (together.size() < 2 || !planner.fits(together)) continue;
    dealt = both(dealt, together);
    if (group == groups.end()) {
      groups.push_back(together);
    } else {
      *group = together;
    }
  }
  for (const std::size_t event : without(on_cores, dealt)) groups.push_back({event});
  std::sort(groups.begin(), groups.end());
  if (pinned) plan.passes.front().push_back({{*anchor}, true});
  for (const auto& group : groups) plan.passes.front().push_back({planner.in_order(group)});
  return plan;
}

Fits probe_by_opening(const std::vector<Countable>& countables, const Access& access, PerfEventOpen open) {
  return [probe = Probe(countables, access, open)](const Indexes& members) mutable { return probe(members); };
}

std::size_t counters_at_once(const Access& access, PerfEventOpen open) {
  constexpr std::size_t kMost = 32;
  const auto settled = settle({parse_event("cycles"), parse_event("instructions")}, access, open);
  if (!std::holds_alternative<Encoding>(settled[0].by)) return 0;
  std::vector<Countable> copies(kMost, settled[1]);
  copies.front() = settled[0];
  const bool copied = std::holds_alternative<Encoding>(settled[1].by);
  Probe probe(copies, access, open);
  std::size_t fitting = 0;
  Indexes members;
  while (members.size() < (copied ? kMost : 1)) {
    members.push_back(members.size());
    if (!probe(members)) break;
    fitting = members.size();
  }
  return fitting;
}

}  // namespace countercheck
