#pragma once

#include <string>
#include <vector>

#include "counters/core_types.hpp"

namespace countercheck {

// What decides, before any event is opened, what this process may count: read once and handed to whoever explains.
struct Access {
  int paranoid = 2;                     // kernel.perf_event_paranoid; the kernel's default where it cannot be read
  int seccomp = 0;                      // Seccomp of /proc/self/status: 0 none, 1 strict, 2 filter
  bool root = false;                    // effective user 0
  bool perfmon = false;                 // CAP_PERFMON or CAP_SYS_ADMIN is effective
  bool watchdog = false;                // kernel.nmi_watchdog holds a counter
  std::string hypervisor{};             // "KVM", …; empty on bare metal, "hypervisor" when it does not say which
  std::vector<std::string> cpu_pmus{};  // see sysfs_pmu.hpp
  std::vector<CorePmu> cores{};         // the same PMUs; two or more: the machine is hybrid
};

Access read_access();

// Whether this process may count what happens in the kernel. Source: kernel/events/core.c, perf_allow_kernel.
bool may_count_kernel(const Access& access);

}  // namespace countercheck
