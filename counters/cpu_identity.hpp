#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace countercheck {

// What a CPU of x86 says it is.
struct CpuIdentity {
  std::string vendor{};  // "GenuineIntel"
  unsigned family = 0;
  unsigned model = 0;
  std::vector<std::string> flags{};

  bool operator==(const CpuIdentity&) const = default;
};

// Of the first processor in the text of /proc/cpuinfo; without vendor where it is no x86's.
CpuIdentity cpu_identity(const std::string& cpuinfo);
CpuIdentity read_cpu_identity();

// The core's name, "Sandy Bridge"; empty for one that the table does not have.
std::string_view core_name(const CpuIdentity& cpu);

// A CPU that has what its model never had: a hypervisor that invents the model leads every table of events astray, for
// the kernel, libpfm4 and PAPI all choose it by the model. One sentence; empty where nothing contradicts, and for
// models that the table does not have. Features that are missing are no contradiction: hypervisors and firmware mask
// them every day.
std::optional<std::string> contradiction(const CpuIdentity& cpu);

}  // namespace countercheck
