#pragma once

#include <optional>
#include <string>
#include <vector>

namespace countercheck {

// CPUs by their numbers, in order, as the kernel writes them: "0-3,8".
std::string cpus_text(const std::vector<unsigned>& cpus);

// The CPUs that this process may use (sched_getaffinity(2)), in order.
std::vector<unsigned> allowed_cpus();

// One CPU of the machine: its core, and how fast the cores of that kind are, the greater the faster.
struct CpuPlace {
  unsigned cpu = 0;
  unsigned core = 0;
  int speed = 0;

  bool operator==(const CpuPlace&) const = default;
};

// Where these CPUs are, by hwloc's word; a CPU that it does not know is a core of its own.
std::vector<CpuPlace> cpu_places(const std::vector<unsigned>& cpus);

// The CPUs in the order in which threads should have them: one of each core before any SMT sibling, faster cores first,
// and last of its kind the core of CPU 0, which takes most interrupts.
std::vector<unsigned> spread(std::vector<CpuPlace> places);

// The CPUs that samples are bound to, in order, for `wish`: "auto", or a list as in "2-3,8". With auto, so many as the
// team has threads; where that is not told, one CPU of each core. Throws UserError for what is no list, or names a CPU
// that this process may not use.
std::vector<unsigned> chosen_cpus(const std::string& wish, std::optional<unsigned> threads);

// Whether the kernel lets a process have its address space where it would be without randomisation
// (personality(2), ADDR_NO_RANDOMIZE): the filters of some containers do not.
bool may_stop_randomisation();

// Whether new processes are randomised now, by the kernel's setting and our own personality.
bool is_randomised();

}  // namespace countercheck
