#pragma once

#include <string>
#include <vector>

namespace countercheck {

// What PAPI says it can do here, and whether it is true.
struct PapiStatus {
  std::string version;                  // of the library that is linked
  std::string failure;                  // why it could not be initialised; empty when it could
  int announced = 0;                    // hardware counters that it says there are
  bool opens = false;                   // PAPI_TOT_INS or, without it, any preset could be started
  std::vector<std::string> components;  // those that are enabled
};

PapiStatus read_papi_status();

}  // namespace countercheck
