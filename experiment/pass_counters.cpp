#include "experiment/pass_counters.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "counters/group.hpp"

namespace countercheck {
namespace {

bool planned(const PassPlan& plan, std::size_t countable) {
  for (const auto& pass : plan.passes) {
    for (const auto& group : pass) {
      if (std::find(group.members.begin(), group.members.end(), countable) != group.members.end()) return true;
    }
  }
  return false;
}

// A group is put on the PMU as a whole or not at all.
Reading never_ran_together(const Reading& reading, std::size_t size) {
  Reading told = reading;
  told.value = Absence{AbsenceReason::never_scheduled,
                       fmt::format("the group of {} events that it was opened in was switched on and never got its "
                                   "counters of the PMU: ask for fewer events at a time",
                                   size)};
  return told;
}

}  // namespace

PassCounters::PassCounters(const std::vector<Countable>& countables, const PassPlan& plan, std::size_t pass,
                           bool region)
    : countables_(&countables) {
  unsigned number = 0;
  if (pass < plan.passes.size()) {
    for (const auto& group : plan.passes[pass]) open_group(group, ++number, region);
  }
  for (std::size_t i = 0; i < countables.size(); ++i) {
    if (planned(plan, i)) continue;
    const Countable& countable = countables[i];
    if (countable.cores.empty()) {
      if (const auto* encoding = std::get_if<Encoding>(&countable.by)) add(*encoding, {.countable = i}, -1, region);
    }
    for (std::size_t core = 0; core < countable.cores.size(); ++core) {
      const auto* const encoding = std::get_if<Encoding>(&countable.cores[core].by);
      if (encoding) add(*encoding, {.countable = i, .core = core}, -1, region);
    }
  }
}

void PassCounters::open_group(const EventGroup& group, unsigned number, bool region) {
  std::vector<std::string> pmus{""};
  for (const std::size_t member : group.members) {
    for (const auto& core : (*countables_)[member].cores) {
      if (std::find(pmus.begin(), pmus.end(), core.pmu) == pmus.end()) pmus.push_back(core.pmu);
    }
  }
  for (const auto& pmu : pmus) {
    const auto first = attributes_.size();
    const auto take = [&](std::size_t member, std::size_t core, const Encoding& encoding) {
      const bool leads = attributes_.size() == first;
      add(encoding, {.countable = member, .core = core, .group = number}, leads ? -1 : static_cast<int>(first), region);
      if (leads) attributes_.back().pinned = group.pinned;
    };
    for (const std::size_t member : group.members) {
      const Countable& countable = (*countables_)[member];
      if (pmu.empty() && countable.cores.empty()) take(member, 0, std::get<Encoding>(countable.by));
      for (std::size_t core = 0; core < countable.cores.size(); ++core) {
        const auto* const encoding = std::get_if<Encoding>(&countable.cores[core].by);
        if (encoding && countable.cores[core].pmu == pmu) take(member, core, *encoding);
      }
    }
    for (auto i = first; i < owners_.size(); ++i) owners_[i].size = owners_.size() - first;
  }
}

void PassCounters::add(const Encoding& encoding, const Owner& owner, int leader, bool region) {
  attributes_.push_back(group_attributes(encoding, leader < 0));
  attributes_.back().enable_on_exec = leader < 0 && !region;
  leaders_.push_back(leader);
  owners_.push_back(owner);
}

// On a type of core that no counter was on for, the tasks were not: each pass has the anchor on every type.
std::uint64_t PassCounters::time_on(const std::string& pmu, const Gathered& gathered) const {
  std::uint64_t longest = 0;
  for (std::size_t i = 0; i < owners_.size(); ++i) {
    const auto& cores = (*countables_)[owners_[i].countable].cores;
    const auto* const value = std::get_if<CounterValue>(&gathered.counters[i]);
    if (value && !cores.empty() && cores[owners_[i].core].pmu == pmu) longest = std::max(longest, value->time_running);
  }
  return longest;
}

Reading PassCounters::reading(std::size_t countable, const Gathered& gathered) const {
  const Countable& wanted = (*countables_)[countable];
  std::vector<Counted> cores;
  std::vector<std::uint64_t> there;
  for (const auto& core : wanted.cores) {
    const auto* const why = std::get_if<Absence>(&core.by);
    cores.emplace_back(why ? *why
                           : Absence{AbsenceReason::not_measurable, "no counter of this type of core was opened"});
    there.push_back(time_on(core.pmu, gathered));
  }
  std::optional<Reading> single;
  std::optional<Owner> owner;
  bool apart = false;
  bool switched_on = false;
  bool ran = false;
  for (std::size_t i = 0; i < owners_.size(); ++i) {
    if (owners_[i].countable != countable) continue;
    owner = owners_[i];
    apart = apart || gathered.alone[i];
    const Counted& counted = gathered.counters[i];
    const auto* const value = std::get_if<CounterValue>(&counted);
    switched_on = switched_on || (value && value->time_enabled > 0);
    ran = ran || (value && value->time_running > 0);
    if (!wanted.cores.empty()) {
      cores[owner->core] = counted;
    } else if (value) {
      single = reading_of(wanted, *value);
    } else {
      single = absent_reading(wanted, std::get<Absence>(counted));
    }
  }
  if (!owner) {
    return absent_reading(wanted, {AbsenceReason::other_pass, "it is counted in other samples, in another pass"});
  }
  Reading reading = single ? *single : reading_of(wanted, cores, there);
  const Absence* const why = absence(reading);
  if (owner->size > 1 && !apart) {
    reading.group = owner->group;
    if (why && why->reason == AbsenceReason::never_scheduled && switched_on && !ran) {
      return never_ran_together(reading, owner->size);
    }
  }
  return reading;
}

}  // namespace countercheck
