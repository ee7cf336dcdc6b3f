#pragma once

#include <string>
#include <vector>

#include "counters/countable.hpp"
#include "counters/passports/meaning.hpp"

namespace countercheck {

// What the passports of this machine say of the events that its PMU will count; with a sentence added to `notes` where
// they cannot be trusted or read. Nothing is read where no PMU counts.
std::vector<Meaning> meanings_here(const std::vector<Countable>& countables, std::vector<std::string>& notes);

}  // namespace countercheck
