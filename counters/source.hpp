#pragma once

#include <optional>
#include <string_view>

namespace countercheck {

// Who counted a reading. The names are the ones printed and stored.
enum class Source {
  pmu,     // hardware, through perf_event_open(2)
  papi,    // hardware or a component, through PAPI
  kernel,  // the kernel's software events, through perf_event_open(2)
  rusage,  // wait4(2) or getrusage(2)
  sim,     // the simulator
  clock,   // CLOCK_MONOTONIC
  import,  // another tool's output
};

std::string_view to_string(Source source);
std::optional<Source> source_from(std::string_view name);

}  // namespace countercheck
