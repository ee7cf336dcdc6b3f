#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "counters/passports/family.hpp"

namespace countercheck {

// What an event's readings mean on the machine they were taken on, in what a table needs of its passport.
struct Meaning {
  std::string event{};     // without a modifier
  std::string level{};     // "L1d", "L2", "LLC", "dTLB", …; "none" for what belongs to no level
  std::string requests{};  // whose accesses are counted
  std::string differs{};   // a sentence, where that is not what the name makes one think

  bool operator==(const Meaning&) const = default;
};

// Of a hybrid processor the families are its core types: where they disagree, the sum of both means neither alone, and
// says so. Empty where no table has the event.
std::optional<Meaning> meaning_of(const std::vector<Family>& families, std::string_view event);

}  // namespace countercheck
