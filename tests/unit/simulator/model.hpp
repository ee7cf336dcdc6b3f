#pragma once

#include <cstdint>
#include <cstdlib>

#include "simulator/model/access.h"
#include "simulator/model/branches.h"

namespace countercheck {

inline sim_memory heap() {
  return {[](void*, std::size_t bytes) -> void* {
            void* const block = std::calloc(1, bytes);
            if (block == nullptr) std::abort();
            return block;
          },
          [](void*, void* block) { std::free(block); }, nullptr};
}

// One core and one cache of 64 sets of 8 ways of 64 bytes; tests change what they are about.
inline sim_machine one_level(sim_geometry geometry = {64, 8, SIM_LRU}) {
  sim_machine machine{};
  machine.line_bytes = 64;
  machine.cores = 1;
  machine.level_count = 1;
  machine.levels[0].data = geometry;
  machine.writes_back = true;
  return machine;
}

inline sim_machine add_level(sim_machine machine, sim_geometry geometry, sim_inclusion inclusion = SIM_NON_INCLUSIVE) {
  sim_level& level = machine.levels[machine.level_count++];
  level.data = geometry;
  level.inclusion = inclusion;
  level.shared = machine.cores > 1;
  return machine;
}

// The model of a machine, and the accesses that tests make to it: by the instruction at 0 unless they say another.
class Model {
 public:
  explicit Model(const sim_machine& machine) {
    const sim_memory memory = heap();
    hierarchy_ = sim_hierarchy_create(&machine, &memory);
  }
  ~Model() { sim_hierarchy_destroy(hierarchy_); }
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;

  sim_core& core(std::uint32_t index = 0) { return hierarchy_->cores[index]; }
  sim_hierarchy& hierarchy() { return *hierarchy_; }
  const sim_cache_counts& counts(int level, std::uint32_t core_index = 0) {
    return core(core_index).path[SIM_DATA][level]->cache.counts;
  }
  std::uint64_t misses(int level, sim_kind kind = SIM_LOAD) { return core().misses[level][kind]; }

  int load(std::uint64_t address, std::uint32_t bytes = 8, std::uint64_t pc = 0) {
    return static_cast<int>(sim_load(&core(), address, bytes, pc).served_by);
  }
  int store(std::uint64_t address, std::uint32_t bytes = 8, std::uint64_t pc = 0) {
    return static_cast<int>(sim_store(&core(), address, bytes, pc).served_by);
  }
  int fetch(std::uint64_t address, std::uint32_t bytes = 4) {
    return static_cast<int>(sim_fetch(&core(), address, bytes).served_by);
  }

 private:
  sim_hierarchy* hierarchy_;
};

}  // namespace countercheck
