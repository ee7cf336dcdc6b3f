#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "counters/countable.hpp"

namespace countercheck {

// perf's names with who counts them here, and the events that the kernel names: what `events` shows of itself.
void list_events(std::ostream& out);

// Who would count an event here: "pmu:u", "sim", "<no PMU>".
std::string availability(const Countable& countable, bool simulates);

// Which events are looked through.
struct SearchScope {
  bool of_other_machines = false;
  std::string pmu{};  // of libpfm4: only this one
};

// Every event whose name or description has all words of the pattern. Throws UserError, with the nearest names, where
// there is none, and for a PMU that nobody knows.
void search_events(std::ostream& out, const std::string& pattern, const SearchScope& scope);

}  // namespace countercheck
