#pragma once

#include <functional>
#include <string>
#include <vector>

#include "counters/access.hpp"
#include "counters/countable.hpp"
#include "counters/cpu_identity.hpp"
#include "counters/pass_plan.hpp"
#include "experiment/results.hpp"

namespace countercheck {

// What the events of an experiment are counted with.
struct Counting {
  std::vector<Countable> countables{};
  PassPlan plan{};
};

// Where and by whom it is counted; a test puts its own in their place.
struct CountingPlace {
  Access access{};
  CpuIdentity cpu{};
  PerfEventOpen open = perf_event_open;
};
CountingPlace this_place();

// Indexes of the events that form ratios, for each ratio.
using FindCompanions = std::function<Companions(const std::vector<std::string>&)>;

// Settles the events and deals those that need a counter of the PMU to passes, or, multiplexed, to groups that take
// turns. Where several passes are needed and nobody asked for instructions, adds them as the anchor. Fills in the
// experiment's events and passes, and notes what the reader must know: what was added, what holds a counter, that the
// machine is hybrid, that its model is not to be believed.
Counting prepare_counting(std::vector<Event> events, bool multiplex, const FindCompanions& companions,
                          const CountingPlace& place, Experiment& experiment);

}  // namespace countercheck
