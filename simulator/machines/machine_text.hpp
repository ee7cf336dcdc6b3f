#pragma once

#include <string>

#include "simulator/machines/simulated_machine.hpp"

namespace countercheck {

// The machine as the simulator's tool reads it (simulator/model/machine_text.h).
std::string machine_text(const SimulatedMachine& machine);

}  // namespace countercheck
