#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>

#include "experiment/signals.hpp"

namespace countercheck {

// How a process ended, by the word of the kernel.
struct ProcessEnd {
  int status = 0;          // as wait4(2) gives it
  rusage usage{};          // of the process and the children it waited for
  std::uint64_t when = 0;  // ns of CLOCK_MONOTONIC
  bool timed_out = false;
  int interrupted_by = 0;  // the signal that countercheck was sent meanwhile; 0: none
};

// Waits for a child that leads a process group of its own. When the time is up, or a signal asks countercheck to end,
// the whole group is asked to end as well, and ended after a second of grace.
ProcessEnd wait_for(pid_t child, std::optional<std::chrono::nanoseconds> limit, const Signals& signals);

// Ends what still runs of the group after its leader is gone; true when there was something.
bool sweep_group(pid_t group);

}  // namespace countercheck
