#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "counters/reading.hpp"

namespace countercheck {

// How much of a quantity one item of a kernel's work makes, known on paper (workloads/certify/kernel.hpp).
struct Fact {
  std::string quantity{};
  double each = 0;
  double within = 0;      // relative to `each`, or per item where that is 0; 0: known to the last one
  bool at_least = false;  // `each` is a lower bound

  bool operator==(const Fact&) const = default;
};

// A kernel of countercheck-certify.
struct TruthKernel {
  std::string name{};
  std::string says{};
  std::string item{};
  std::string cache{};  // where its working set is to fit, and not above; empty: no matter
  std::uint64_t few = 0;
  std::uint64_t many = 0;
  std::vector<Fact> facts{};

  bool operator==(const TruthKernel&) const = default;
};

// One run of a kernel under one event's counter.
struct TruthReading {
  std::size_t kernel = 0;   // index into the kernels
  bool many = false;        // the larger of its two sizes
  std::uint64_t items = 0;  // that it did, by its own word
  Reading reading{};
};

}  // namespace countercheck
