#pragma once

#include <string>
#include <vector>

namespace countercheck {

// A part of PAPI that counts one kind of thing.
struct PapiComponent {
  std::string name{};      // "perf_event"
  std::string disabled{};  // PAPI's own reason; empty where it is enabled
  // It can be attached to a process, follow what that starts, and tell it from others: what the rest gives is the whole
  // machine's.
  bool of_one_process = false;
};

// PAPI as it is linked, initialised once, on first use: that takes it 1 to 25 ms, so nobody asks who does not need it.
struct PapiLibrary {
  std::string version{};
  std::string failure{};  // why it could not be initialised; empty when it could
  int hardware_counters = 0;
  std::vector<PapiComponent> components{};
};

const PapiLibrary& papi_library();

// Why PAPI counts no process at all here, in its own words; empty when one of its components may.
std::string papi_lack(const PapiLibrary& library);

}  // namespace countercheck
