#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "counters/absence.hpp"
#include "counters/access.hpp"
#include "counters/papi_event.hpp"

namespace countercheck {

// One event set of PAPI's, attached to a process and inherited by all that it starts from then on.
//
// It runs from the start to the end and a part of that is the difference of two reads: PAPI_stop and PAPI_start again
// would be wrong, for the reset in PAPI_start does not forget what threads counted that have ended meanwhile
// (kernel/events/core.c, _perf_event_reset leaves child_count alone).
class PapiCounters {
 public:
  // Throws UserError where presets are asked for in different modes: PAPI has one for all presets of a set.
  explicit PapiCounters(std::vector<PapiEvent> events);
  ~PapiCounters();
  PapiCounters(const PapiCounters&) = delete;
  PapiCounters& operator=(const PapiCounters&) = delete;

  // Attaches to this task and starts; 0 is ourselves. The task must not run meanwhile. What fails is told by lack().
  // Another start ends what was before.
  void start(pid_t task);

  // Closes all that is open: PAPI's descriptors would otherwise go to every program that we exec.
  void end();

  // The values so far, one for each event; meaningless where lack() has something to say, and 0 altogether when PAPI
  // cannot read them.
  std::vector<std::uint64_t> read();

  // Why this event is not counted, if it is not.
  std::optional<Absence> lack(std::size_t event, const Access& access) const;

  const std::vector<PapiEvent>& events() const { return events_; }

 private:
  int prepare(pid_t task);

  std::vector<PapiEvent> events_;
  std::vector<int> errors_;     // PAPI's, one for each event
  std::vector<int> positions_;  // of each event in the set; -1: it is not in it
  int attaching_ = 0;           // PAPI's error, about the process
  int set_;
  bool runs_ = false;
};

// Whether PAPI counts this event here: tried on this very task. Where the kernel may not be counted, it falls back to
// user mode alone, unless that would not do.
std::variant<PapiEvent, Absence> settle_with_papi(const PapiEvent& event, bool user_mode_will_do, const Access& access);

}  // namespace countercheck
