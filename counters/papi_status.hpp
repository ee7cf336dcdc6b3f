#pragma once

#include <string>

#include "counters/access.hpp"

namespace countercheck {

// Whether PAPI can count here, by trying, and one sentence, without a full stop, on how it stands: its version, what it
// announces, what could be started, and its own reason where something could not.
struct PapiStatus {
  enum class State { none, software, hardware };
  State state = State::none;
  std::string sentence{};
};

PapiStatus read_papi_status(const Access& access);

}  // namespace countercheck
