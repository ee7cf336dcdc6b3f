#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "simulator/model/hierarchy.h"
#include "slow_cache.hpp"

namespace countercheck {

// The rules of machine.h once more, as plainly as they can be written and without any filter, clock or ownership: every
// access looks at everything. What the model must agree with, count by count.
class SlowHierarchy {
 public:
  struct Node {
    Node(sim_geometry geometry, std::uint32_t seed) : cache(geometry, seed) {}
    struct Stride {
      bool known = false;
      std::uint64_t pc = 0, line = 0;
      std::int64_t distance = 0;
      int repeated = 0;
    };
    SlowCache cache;
    sim_cache_counts counts{};
    std::array<Stride, SIM_STRIDE_ENTRIES> strides{};
    int level = 0;
    int side = 0;  // SIM_SIDES: both
    int core = 0;  // -1: shared
  };
  struct Core {
    std::vector<Node*> data, code;
    std::vector<Node*> privates;
    std::uint64_t misses[SIM_MAX_LEVELS][SIM_KINDS] = {};
    std::uint64_t coherence_misses[SIM_KINDS] = {};
    std::uint64_t invalidating_stores = 0;
    std::unique_ptr<SlowCache> small, huge, second;
    std::uint64_t first_misses = 0, walks = 0;
  };

  explicit SlowHierarchy(const sim_machine& machine);

  sim_outcome access(std::uint32_t core, sim_kind kind, std::uint64_t address, std::uint32_t bytes, std::uint64_t pc,
                     bool (*is_huge)(void*, std::uint64_t));

  std::vector<std::unique_ptr<Node>> nodes;
  std::vector<Core> cores;
  std::uint64_t memory_reads = 0, memory_writes = 0;

 private:
  int translate(Core& core, std::uint64_t page_address, bool huge);
  int refer(Core& core, sim_kind kind, std::uint64_t line, std::uint64_t pc);
  int refer_as_one(Core& core, sim_kind kind, std::uint64_t first, std::uint64_t last);
  // Brings a line to the level `to` from wherever it is farther away; returns where that was.
  int bring(std::vector<Node*>& path, std::uint64_t line, int to, bool* first_use);
  void ask_others(Core& core, std::uint64_t line, bool to_write);
  void insert(Node& node, const SlowLine& line);
  void pass_down(const Node& from, std::uint64_t line, bool dirty);
  void train(Core& core, std::vector<Node*>& path, std::uint64_t line, std::uint64_t pc, int served_by, bool first_use);
  void prefetch(Core& core, std::vector<Node*>& path, int to, std::uint64_t line);

  sim_machine machine_;
  int levels_;
  int private_levels_ = 0;
};

}  // namespace countercheck
