#pragma once

#include <string>

namespace countercheck::workloads {

// The registry as JSON, for countercheck and for scripts:
//   {"families": [{"name", "says", "work_item", "size_is", "problem", "steps_alike", "initial_states",
//                  "defaults": {"size", "iterations", "initial", "seed", "threads", "schedule"},
//                  "variants": [{"name", "scheme", "stresses", "periodic", "threads", "schedule"}]}]}
// "problem" is how a problem is called, with "{size}" in the place of its size. "periodic" is diffusion's alone; where
// "initial_states" is false, neither an initial state nor a seed is taken.
std::string listing();

}  // namespace countercheck::workloads
