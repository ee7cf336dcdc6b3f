#include "workloads/usable_cpus.hpp"

#include <sched.h>

#include <cerrno>
#include <vector>

namespace countercheck::workloads {

unsigned usable_cpus() {
  // The kernel refuses a mask that is shorter than its own (EINVAL), whose length only trying tells.
  for (std::size_t sets = 1; sets <= 64; sets *= 2) {
    std::vector<cpu_set_t> mask(sets);
    const std::size_t bytes = sets * sizeof(cpu_set_t);
    if (sched_getaffinity(0, bytes, mask.data()) == 0) return static_cast<unsigned>(CPU_COUNT_S(bytes, mask.data()));
    if (errno != EINVAL) break;
  }
  return 1;
}

}  // namespace countercheck::workloads
