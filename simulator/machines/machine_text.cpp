#include "simulator/machines/machine_text.hpp"

#include <fmt/format.h>

#include "simulator/model/machine_text.h"

namespace countercheck {

std::string machine_text(const SimulatedMachine& machine) {
  std::string text;
  for (const auto& key : sim_machine_keys) {
    text += fmt::format("{} {}\n", key.name, sim_machine_number(&key, &machine.model, &machine.branches));
  }
  return text;
}

}  // namespace countercheck
