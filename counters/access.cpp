#include "counters/access.hpp"

#include <linux/capability.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string_view>

#include "counters/sysfs_pmu.hpp"

#if defined(__x86_64__)
#include <cpuid.h>

#include <array>
#include <cstring>
#endif

namespace countercheck {
namespace {

int number_in(const char* file, int otherwise) {
  std::ifstream stream(file);
  int value = otherwise;
  return stream >> value ? value : otherwise;
}

// The value of "Key:\tvalue" in /proc/self/status.
std::string status_value(std::string_view key) {
  std::ifstream stream("/proc/self/status");
  for (std::string line; std::getline(stream, line);) {
    if (!line.starts_with(key) || line.size() <= key.size() || line[key.size()] != ':') continue;
    const auto begin = line.find_first_not_of(" \t", key.size() + 1);
    return begin == std::string::npos ? "" : line.substr(begin);
  }
  return "";
}

#if defined(__x86_64__)
// CPUID leaf 1, ECX bit 31 is set for guests; leaf 0x40000000 holds the hypervisor's signature.
std::string hypervisor_by_cpuid() {
  unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
  if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx) || (ecx & (1U << 31)) == 0) return "";
  __cpuid(0x40000000, eax, ebx, ecx, edx);
  std::array<char, 13> signature{};
  std::memcpy(signature.data(), &ebx, 4);
  std::memcpy(signature.data() + 4, &ecx, 4);
  std::memcpy(signature.data() + 8, &edx, 4);
  struct Vendor {
    std::string_view signature;
    std::string_view name;
  };
  constexpr Vendor kVendors[] = {{"KVMKVMKVM", "KVM"},       {"Microsoft Hv", "Hyper-V"}, {"VMwareVMware", "VMware"},
                                 {"XenVMMXenVMM", "Xen"},    {"TCGTCGTCGTCG", "QEMU"},    {"bhyve bhyve", "bhyve"},
                                 {"prl hyperv", "Parallels"}};
  for (const auto& vendor : kVendors) {
    if (std::string_view(signature.data()).starts_with(vendor.signature)) return std::string(vendor.name);
  }
  return "hypervisor";
}
#endif

std::string read_hypervisor() {
#if defined(__x86_64__)
  return hypervisor_by_cpuid();
#else
  // No such instruction elsewhere; device trees and DMI tables of virtual machines name their maker.
  for (const char* file : {"/sys/class/dmi/id/sys_vendor", "/proc/device-tree/hypervisor/compatible"}) {
    std::ifstream stream(file);
    std::string text;
    if (!std::getline(stream, text)) continue;
    for (const char* name : {"QEMU", "KVM", "kvm", "Amazon EC2", "Xen", "xen", "VMware", "Microsoft"}) {
      if (text.find(name) != std::string::npos) return name;
    }
  }
  // A QEMU without firmware has neither, but a channel to its configuration (systemd-detect-virt(1) looks there too).
  std::error_code error;
  for (std::filesystem::directory_iterator node("/proc/device-tree", error), end; !error && node != end;
       node.increment(error)) {
    if (node->path().filename().string().starts_with("fw-cfg")) return "QEMU";
  }
  return "";
#endif
}

}  // namespace

Access read_access() {
  Access access;
  access.paranoid = number_in("/proc/sys/kernel/perf_event_paranoid", access.paranoid);
  access.watchdog = number_in("/proc/sys/kernel/nmi_watchdog", 0) > 0;
  access.root = geteuid() == 0;
  std::istringstream(status_value("Seccomp")) >> access.seccomp;
  unsigned long long capabilities = 0;
  std::istringstream(status_value("CapEff")) >> std::hex >> capabilities;
  constexpr int kPerfmon = 38;  // CAP_PERFMON, kernel 5.8; older headers lack the name
  access.perfmon = ((capabilities >> kPerfmon) & 1) != 0 || ((capabilities >> CAP_SYS_ADMIN) & 1) != 0;
  access.hypervisor = read_hypervisor();
  access.cpu_pmus = cpu_pmus();
  access.cores = core_pmus();
  return access;
}

bool may_count_kernel(const Access& access) {
  return access.perfmon || access.paranoid <= 1;
}

}  // namespace countercheck
