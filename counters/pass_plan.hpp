#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "counters/countable.hpp"

namespace countercheck {

// Counters that are opened as one group, so that they are on at the same times; on a hybrid machine one such group for
// each type of core. Indexes into the countables.
struct EventGroup {
  std::vector<std::size_t> members{};  // the first leads
  bool pinned = false;                 // never leaves the PMU: tells the time on each type of core

  bool operator==(const EventGroup&) const = default;
};

// What is opened in one sample, besides what needs no counter of a core, which is opened in all of them.
using EventPass = std::vector<EventGroup>;

// Which counters of the cores are opened together.
struct PassPlan {
  std::vector<EventPass> passes{};        // one at least
  std::optional<std::size_t> anchor{};    // counted in every pass, so that the passes can be compared
  std::vector<std::size_t> unanchored{};  // passes that had no counter left for it
  std::vector<std::size_t> starved{};     // countables that got no counter even alone

  bool operator==(const PassPlan&) const = default;
};

// Countables of which ratios are made: they should be in one pass.
using Companions = std::vector<std::vector<std::size_t>>;

// Whether these, opened as one group, all count.
using Fits = std::function<bool(const std::vector<std::size_t>&)>;

// The countables that need a counter of a core.
std::vector<std::size_t> on_cores(const std::vector<Countable>& countables, const Access& access);

// As few passes as first come, first served gives, in none of which anything is multiplexed. One pass where all fit.
PassPlan plan_passes(const std::vector<Countable>& countables, const std::vector<std::size_t>& on_cores,
                     std::optional<std::size_t> anchor, const Companions& companions, const Fits& fits);

// All in one pass, in groups of companions that the kernel lets take turns.
PassPlan plan_multiplexed(const std::vector<Countable>& countables, const std::vector<std::size_t>& on_cores,
                          std::optional<std::size_t> anchor, const Companions& companions, const Fits& fits);

// Tries it: opens them on this task as a group, works a little, and reads whether all were on the PMU all the time and
// none that counts alone reads 0 beside the others, as some virtual PMUs make it. What another holds, the NMI watchdog
// included, is so taken into account. On a hybrid machine each type of core is tried on CPUs of that type; one on which
// this process may not run is believed to be able to do what it opens.
Fits probe_by_opening(const std::vector<Countable>& countables, const Access& access,
                      PerfEventOpen open = perf_event_open);

// How many hardware counters fit together here: cycles and so many copies of instructions, tried in the same way. 0
// where cycles cannot be counted.
std::size_t counters_at_once(const Access& access, PerfEventOpen open = perf_event_open);

}  // namespace countercheck
