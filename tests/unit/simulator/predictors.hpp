#pragma once

#include "model.hpp"

namespace countercheck {

class Predictors {
 public:
  explicit Predictors(const sim_branch_geometry& geometry) {
    const sim_memory memory = heap();
    sim_branches_create(&branches_, &geometry, &memory);
  }
  ~Predictors() {
    const sim_memory memory = heap();
    sim_branches_destroy(&branches_, &memory);
  }
  Predictors(const Predictors&) = delete;
  Predictors& operator=(const Predictors&) = delete;

  sim_branches& branches() { return branches_; }

  bool conditional_missed(std::uint64_t pc, bool taken) { return sim_conditional_missed(&branches_, pc, taken); }
  bool indirect_missed(std::uint64_t pc, std::uint64_t target) { return sim_indirect_missed(&branches_, pc, target); }
  bool return_missed(std::uint64_t target) { return sim_return_missed(&branches_, target); }
  void called(std::uint64_t return_address) { sim_called(&branches_, return_address); }

 private:
  sim_branches branches_{};
};

inline sim_branch_geometry gshare(std::uint32_t table_bits, std::uint32_t history_bits) {
  return {SIM_GSHARE, table_bits, history_bits, SIM_LAST_TARGET, 9, 0, 0};
}

constexpr sim_branch_geometry kAsCachegrind{SIM_CACHEGRIND, 0, 0, SIM_LAST_TARGET, 9, 0, 0};

// Misses of a loop's own branch, taken all but the last of `length` times, in `rounds` runs of the loop.
inline int misses_of_loop(Predictors& predictors, int length, int rounds) {
  int misses = 0;
  for (int round = 0; round < rounds; ++round) {
    for (int i = 1; i <= length; ++i) misses += predictors.conditional_missed(0x400100, i < length);
  }
  return misses;
}

}  // namespace countercheck
