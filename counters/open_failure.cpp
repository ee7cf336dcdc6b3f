#include "counters/open_failure.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <system_error>

namespace countercheck {
namespace {

// Levels by Documentation/admin-guide/sysctl/kernel.rst; 3 and 4 are additions of Debian, Ubuntu and Android.
Absence not_permitted(const Encoding& encoding, const Access& access) {
  const bool kernel_too = !encoding.exclude_kernel;
  if (access.paranoid >= 3) {
    return {
        AbsenceReason::not_permitted,
        fmt::format("kernel.perf_event_paranoid is {}, which forbids all counting to users; allow it with: sudo sysctl "
                    "kernel.perf_event_paranoid={}",
                    access.paranoid, kernel_too ? 1 : 2)};
  }
  if (access.paranoid == 2 && kernel_too) {
    return {AbsenceReason::not_permitted,
            "kernel.perf_event_paranoid is 2, which forbids users to count what the kernel does; allow it with: sudo "
            "sysctl "
            "kernel.perf_event_paranoid=1"};
  }
  return {AbsenceReason::not_permitted,
          fmt::format("the kernel does not permit it at kernel.perf_event_paranoid={}: run as root, or give the "
                      "capability: sudo setcap cap_perfmon+ep on the countercheck executable",
                      access.paranoid)};
}

Absence blocked(std::string_view answer) {
  return {AbsenceReason::blocked,
          fmt::format(
              "a seccomp filter forbids perf_event_open ({}), as containers do by default; start the container with "
              "--security-opt seccomp=unconfined, or a profile that allows the call, and --cap-add PERFMON",
              answer)};
}

}  // namespace

Absence no_pmu(const Access& access) {
  if (access.hypervisor.empty()) {
    return {AbsenceReason::no_pmu,
            "the kernel shows no PMU of the CPU; if the machine has one, its driver is missing or switched off"};
  }
  return {
      AbsenceReason::no_pmu,
      fmt::format("this virtual machine ({}) shows no PMU; ask for a guest with a virtual PMU, or run on bare metal",
                  access.hypervisor)};
}

Absence explain_open_failure(int error, const Encoding& encoding, const Access& access) {
  switch (error) {
    case EACCES:
      return not_permitted(encoding, access);
    case EPERM:
      // The kernel itself answers EACCES for its own levels; EPERM under a filter is the filter's.
      if (access.seccomp == 2) return blocked("EPERM");
      return not_permitted(encoding, access);
    case ENOSYS:
      if (access.seccomp == 2) return blocked("ENOSYS");
      return {AbsenceReason::unsupported,
              "this kernel has no perf_event_open: it was built without CONFIG_PERF_EVENTS, or is not Linux's own"};
    case ENOENT:
      if (!is_software(encoding) && access.cpu_pmus.empty()) return no_pmu(access);
      // The kernel's own numbers say no more than the event's name, and would make a sentence of each.
      if (encoding.type == PERF_TYPE_HARDWARE || encoding.type == PERF_TYPE_HW_CACHE) {
        return {AbsenceReason::unsupported, "the PMU of this machine has no such event"};
      }
      return {AbsenceReason::unsupported,
              fmt::format("the PMU of this machine has no such event ({})", describe(encoding))};
    case EINVAL:
      return {AbsenceReason::invalid,
              fmt::format("the kernel refuses this encoding ({}): check the event's terms", describe(encoding))};
    case ENOSPC:
      return {AbsenceReason::out_of_resource, "the PMU has not enough counters for it: ask for fewer events at a time"};
    case EMFILE:
      return {AbsenceReason::out_of_resource, "this process may open no more files: raise the limit with ulimit -n"};
    case ENFILE:
      return {AbsenceReason::out_of_resource,
              "the system may open no more files: raise it with sudo sysctl fs.file-max=…, or close other programs"};
    case ENOMEM:
      return {AbsenceReason::out_of_resource, "the kernel has no memory left for the counter"};
    case EBUSY:
      if (access.watchdog) {
        return {AbsenceReason::busy,
                "the counter is taken, here by the NMI watchdog; free it with: sudo sysctl kernel.nmi_watchdog=0"};
      }
      return {AbsenceReason::busy, "another program holds the counter for itself: stop it and try again"};
    case ENODEV:
      return {AbsenceReason::unsupported, fmt::format("the CPU lacks what this event needs ({})", describe(encoding))};
    case EOPNOTSUPP:
      return {AbsenceReason::unsupported,
              fmt::format("the PMU cannot count this event in this way ({}): leave its modifiers away",
                          describe(encoding))};
    default:
      return {AbsenceReason::invalid, fmt::format("perf_event_open failed for {}: {}", describe(encoding),
                                                  std::generic_category().message(error))};
  }
}

}  // namespace countercheck
