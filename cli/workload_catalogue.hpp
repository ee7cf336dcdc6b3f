#pragma once

#include <string>
#include <vector>

namespace countercheck {

// A row that countercheck-workload --list tells.
struct WorkloadVariant {
  std::string name{};
  std::string scheme{};
  std::string stresses{};
  bool threads = false;   // takes --threads
  bool schedule = false;  // takes --schedule
};

struct WorkloadFamily {
  std::string name{};
  std::string says{};
  std::string work_item{};
  std::string problem{};        // how one of a size is called: "{size} x {size} doubles"
  bool steps_alike = false;     // a few steps tell of many
  bool initial_states = false;  // takes an initial state and a seed
  unsigned size = 0;            // of the problem, unless told
  unsigned iterations = 0;
  unsigned threads = 1;
  std::vector<WorkloadVariant> variants{};
};

// Steps that a simulated run does where all are alike: more than one, for the first finds the caches as the start left
// them; and few, for each takes long.
inline constexpr unsigned kSimulatedSteps = 3;

// The executable of the built-in workloads: beside our own. Throws UserError when it is not there.
std::string workload_program();

// What it offers. Throws UserError when it does not answer as it should.
std::vector<WorkloadFamily> read_workload_catalogue();

}  // namespace countercheck
