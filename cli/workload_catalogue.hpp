#pragma once

#include <optional>
#include <string>
#include <vector>

namespace countercheck {

// A row that the listing of a program of workloads tells.
struct WorkloadVariant {
  std::string name{};
  std::string scheme{};
  std::string stresses{};
  bool threads = false;   // takes --threads
  bool schedule = false;  // takes --schedule
  std::string missing{};  // why it cannot be run here; empty where it can be
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
  std::vector<std::string> program{};  // the words before a variant's full name
  std::string missing{};               // why none of it can be run here, and its variants are not known
};

// Steps that a simulated run does where all are alike: more than one, for the first finds the caches as the start left
// them; and few, for each takes long.
inline constexpr unsigned kSimulatedSteps = 3;

// The executable of the built-in workloads: beside our own. Throws UserError when it is not there.
std::string workload_program();

// All families, those in Python among them; those alone that countercheck-workload has where `name` is one of them.
// Throws UserError when that program does not answer as it should; where Python's does not, its family is told with
// what is missing.
std::vector<WorkloadFamily> read_workload_catalogue(const std::string& name = "");

// The family of that name, or nothing.
std::optional<WorkloadFamily> find_workload(const std::string& name);

}  // namespace countercheck
