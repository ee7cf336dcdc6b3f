#pragma once

#include <string>

namespace countercheck::workloads {

// The registry as JSON, for countercheck and for scripts:
//   {"families": [{"name", "says", "work_item",
//                  "defaults": {"size", "iterations", "initial", "seed", "threads", "schedule"},
//                  "variants": [{"name", "scheme", "stresses", "periodic", "threads", "schedule"}]}]}
std::string listing();

}  // namespace countercheck::workloads
