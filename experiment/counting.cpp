#include "experiment/counting.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace countercheck {
namespace {

constexpr std::string_view kAnchor = "instructions";

std::vector<std::string> names_of(const std::vector<Event>& events) {
  std::vector<std::string> names;
  names.reserve(events.size());
  for (const auto& event : events) names.push_back(event.name);
  return names;
}

bool is_anchor(const Event& event) {
  return event.name == kAnchor || event.name.starts_with(std::string(kAnchor) + ":");
}

std::optional<std::size_t> find_anchor(const std::vector<Countable>& countables,
                                       const std::vector<std::size_t>& among) {
  for (const std::size_t index : among) {
    if (is_anchor(countables[index].event)) return index;
  }
  return std::nullopt;
}

PassPlan plan_for(const std::vector<Countable>& countables, bool multiplex, const Companions& companions,
                  const CountingPlace& place) {
  const auto hardware = on_cores(countables, place.access);
  const auto anchor = find_anchor(countables, hardware);
  const Fits fits = probe_by_opening(countables, place.access, place.open);
  return multiplex ? plan_multiplexed(countables, hardware, anchor, companions, fits)
                   : plan_passes(countables, hardware, anchor, companions, fits);
}

void give_up_starved(Counting& counting) {
  for (const std::size_t index : counting.plan.starved) {
    Countable& countable = counting.countables[index];
    countable.cores.clear();
    countable.by =
        Absence{AbsenceReason::never_scheduled,
                "the event opens and never gets a counter of the PMU, not even alone: another program or the "
                "NMI watchdog holds what it needs"};
  }
}

std::vector<std::string> names_in(const EventPass& pass, const std::vector<Countable>& countables) {
  std::vector<std::size_t> members;
  for (const auto& group : pass) members.insert(members.end(), group.members.begin(), group.members.end());
  std::sort(members.begin(), members.end());
  std::vector<std::string> names;
  for (const std::size_t index : members) names.push_back(countables[index].event.name);
  return names;
}

void note_passes(const Counting& counting, const Access& access, Experiment& experiment) {
  const PassPlan& plan = counting.plan;
  if (plan.passes.size() < 2) return;
  for (const auto& pass : plan.passes) experiment.event_passes.push_back(names_in(pass, counting.countables));
  if (plan.anchor) experiment.anchor = counting.countables[*plan.anchor].event.name;
  if (!plan.anchor) {
    experiment.notes.push_back(fmt::format(
        "{} cannot be counted beside the other events: whether the passes were alike is not checked", kAnchor));
  }
  for (const std::size_t pass : plan.unanchored) {
    experiment.notes.push_back(fmt::format(
        "pass {} had no counter left for {}: whether it was like the others is not checked", pass + 1, kAnchor));
  }
  if (access.watchdog) {
    experiment.notes.emplace_back(
        "the NMI watchdog holds a counter of the PMU; without it fewer passes may do: sudo sysctl "
        "kernel.nmi_watchdog=0");
  }
}

void note_machine(const Counting& counting, const CountingPlace& place, Experiment& experiment) {
  if (on_cores(counting.countables, place.access).empty()) return;
  if (place.access.cores.size() > 1) {
    std::vector<std::string> names;
    for (const auto& pmu : place.access.cores) names.push_back(pmu.name);
    experiment.notes.push_back(
        fmt::format("this machine has {} types of cores: hardware events are counted by the PMU of each ({}) and "
                    "summed, never scaled",
                    names.size(), fmt::join(names, ", ")));
  }
  if (const auto sentence = contradiction(place.cpu)) experiment.notes.push_back(*sentence);
}

}  // namespace

CountingPlace this_place() {
  return {.access = read_access(), .cpu = read_cpu_identity()};
}

Counting prepare_counting(std::vector<Event> events, bool multiplex, const FindCompanions& companions,
                          const CountingPlace& place, Experiment& experiment) {
  const auto prepare = [&] {
    Counting counting{.countables = settle(events, place.access, place.open)};
    counting.plan = plan_for(counting.countables, multiplex, companions(names_of(events)), place);
    return counting;
  };
  Counting counting = prepare();
  const bool asked = std::any_of(events.begin(), events.end(), is_anchor);
  if (counting.plan.passes.size() > 1 && !counting.plan.anchor && !asked) {
    Event anchor = parse_event(kAnchor);
    const auto settled = settle({anchor}, place.access, place.open);
    if (std::holds_alternative<Encoding>(settled.front().by)) {
      events.insert(events.begin(), std::move(anchor));
      counting = prepare();
      experiment.notes.push_back(
          fmt::format("{} was added to the events: every pass counts it, so that the passes can be compared", kAnchor));
    }
  }
  give_up_starved(counting);
  for (const auto& event : events) experiment.events.push_back(event.name);
  note_passes(counting, place.access, experiment);
  note_machine(counting, place, experiment);
  return counting;
}

}  // namespace countercheck
