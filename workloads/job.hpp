#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "workloads/registry.hpp"
#include "workloads/steps.hpp"

namespace countercheck::workloads {

// What a run computed.
struct Outcome {
  // In parts: those that agree to the last bit between variants, and those that may round differently.
  std::vector<std::variant<std::uint64_t, double>> digest;
  std::string sum;  // for people to read
};

// Sets the problem up, lets the variant do its steps in the region, once, and digests the result.
Outcome perform(const Variant& variant, const Problem& problem, const Region& region);

}  // namespace countercheck::workloads
