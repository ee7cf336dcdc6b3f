#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace countercheck::certify {

// How much of a quantity one item of a kernel's work surely makes.
struct Fact {
  std::string_view quantity;  // "instructions", "L1d-misses", …: analysis/certification.cpp says which events claim it
  double each;
  double within = 0;      // of `each`, or of one item where each is 0; 0: known to the last one
  bool at_least = false;  // only a lower bound is known on paper
};

struct Work {
  std::uint64_t items = 0;
  std::uint64_t bytes = 0;  // of the working set, for a kernel that lives in a cache
};

// A loop whose counts are known on paper. It prepares its data, and marks the region in which it does so many items;
// the mark tells the true number, where only the run itself can know it.
struct Kernel {
  std::string_view name;
  std::string_view says;    // one sentence
  std::string_view item;    // what one is called
  std::string_view cache;   // "L2", "LLC": its working set is to fit there and not above; empty: any
  std::uint64_t few, many;  // items of the two runs whose difference is looked at: what the marks cost drops out
  std::span<const Fact> facts;
  void (*run)(const Work& work);
};

// Those that this processor's instruction set has.
std::span<const Kernel> kernels();

const Kernel* find_kernel(std::string_view name);

}  // namespace countercheck::certify
