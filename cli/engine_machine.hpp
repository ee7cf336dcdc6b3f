#pragma once

#include <string>

#include "simulator/engine.hpp"

namespace countercheck {

// A machine by name (book, zen4, host for this one) or by the path of its file, for the simulator. Throws UserError for
// one that there is not.
EngineMachine engine_machine(const std::string& name);

}  // namespace countercheck
