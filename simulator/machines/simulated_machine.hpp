#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "counters/enum_names.hpp"
#include "simulator/model/branches.h"
#include "simulator/model/machine.h"

namespace countercheck {

// Where some of a machine's figures come from.
struct FigureSource {
  std::string figures{};
  std::string from{};
  bool verified = false;  // somebody has read them there

  bool operator==(const FigureSource&) const = default;
};

// A machine that the simulator can be: what the model takes, and what a user should know of it.
struct SimulatedMachine {
  std::string name{};
  std::string title{};
  std::string file{};  // that it was read from; empty: the machine we run on
  sim_machine model{};
  sim_branch_geometry branches{};
  std::vector<std::string> level_names{};  // of the model's levels, the nearest first
  std::vector<FigureSource> sources{};
  std::vector<std::string> notes{};  // where the real machine is otherwise, or unknown
};

// The words of the machine files, which are also those that a user is shown.
inline constexpr EnumName<sim_policy> kPolicyNames[] = {
    {SIM_LRU, "lru"}, {SIM_TREE_PLRU, "tree-plru"}, {SIM_RANDOM, "random"}};
inline constexpr EnumName<sim_inclusion> kInclusionNames[] = {
    {SIM_NON_INCLUSIVE, "non-inclusive"}, {SIM_INCLUSIVE, "inclusive"}, {SIM_EXCLUSIVE, "exclusive"}};
inline constexpr EnumName<sim_prefetch_kind> kPrefetchNames[] = {{SIM_NEXT_LINE, "next-line"}, {SIM_STRIDE, "stride"}};
inline constexpr EnumName<sim_conditional_kind> kConditionalNames[] = {
    {SIM_CACHEGRIND, "cachegrind"}, {SIM_GSHARE, "gshare"}, {SIM_TAGE, "tage"}};
inline constexpr EnumName<sim_indirect_kind> kIndirectNames[] = {{SIM_LAST_TARGET, "last-target"},
                                                                 {SIM_TARGET_HISTORY, "target-history"}};
inline constexpr EnumName<bool> kWritesNames[] = {{true, "write-back"}, {false, "as-loads"}};
inline constexpr EnumName<bool> kStraddleNames[] = {{false, "each-line"}, {true, "as-one"}};

// Low bits of an instruction's address that are always 0 in the programs that run here: a matter of their instruction
// set, not of the machine that is simulated.
#if defined(__aarch64__)
inline constexpr std::uint32_t kAddressZeros = 2;
#else
inline constexpr std::uint32_t kAddressZeros = 0;
#endif

inline std::uint64_t cache_bytes(sim_geometry cache, std::uint32_t line_bytes) {
  return std::uint64_t{cache.sets} * cache.ways * line_bytes;
}

}  // namespace countercheck
