#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "model.hpp"
#include "simulator/model/stream.h"
#include "simulator/model/word.h"

namespace countercheck {

using Words = std::vector<std::uint64_t>;

inline std::uint64_t word(sim_kind kind, std::uint64_t address, std::uint32_t bytes = 8, bool again = false) {
  return (address << SIM_WORD_SHIFT) + sim_word_of(kind, again, bytes);
}

// Machines of one core whose streams can be repeated, small so that all that can happen does.
inline std::vector<std::pair<std::string, sim_machine>> small_machines() {
  sim_machine as_one = add_level(one_level({8, 4, SIM_LRU}), {32, 8, SIM_LRU});
  as_one.levels[0].split = true;
  as_one.levels[0].code = {4, 2, SIM_LRU};
  as_one.writes_back = false;
  as_one.straddle_as_one = true;
  sim_machine writes = add_level(one_level({8, 3, SIM_LRU}), {16, 5, SIM_LRU});
  writes = add_level(writes, {40, 12, SIM_LRU});
  writes.levels[0].split = true;
  writes.levels[0].code = {6, 2, SIM_LRU};
  sim_machine inclusive = writes;
  inclusive.levels[2].inclusion = SIM_INCLUSIVE;
  inclusive.levels[2].data = {24, 6, SIM_LRU};
  inclusive.tlb.small = {2, 3, SIM_LRU};
  inclusive.tlb.second = {4, 4, SIM_LRU};
  sim_machine trees = writes;
  trees.levels[0].data = {8, 4, SIM_TREE_PLRU};
  trees.levels[1].data = {16, 8, SIM_TREE_PLRU};
  trees.levels[2].data = {32, 16, SIM_TREE_PLRU};
  trees.tlb.small = {2, 4, SIM_TREE_PLRU};
  sim_machine exclusive = add_level(one_level({8, 4, SIM_LRU}), {16, 8, SIM_LRU}, SIM_EXCLUSIVE);
  return {{"AsOne", as_one}, {"Writes", writes}, {"Inclusive", inclusive}, {"Trees", trees}, {"Exclusive", exclusive}};
}

// Words as a program makes them: data here and there, code in a few places.
class RandomWords {
 public:
  explicit RandomWords(std::uint64_t seed) : engine_(seed) {}

  std::uint64_t below(std::uint64_t end) { return engine_() % end; }

  std::uint64_t next() {
    if (below(4) == 0) return word(SIM_FETCH, 0x400000 + 4 * below(600), 1 + static_cast<std::uint32_t>(below(15)));
    const sim_kind kind = below(3) == 0 ? SIM_STORE : SIM_LOAD;
    const std::uint32_t bytes = below(300) == 0 ? 200 : 1U << below(6);
    return word(kind, 0x10000 + below(below(4) == 0 ? 1 << 17 : 1 << 12), bytes, below(2) == 0);
  }

  Words some(std::uint64_t count) {
    Words words;
    for (std::uint64_t i = 0; i < count; ++i) words.push_back(next());
    return words;
  }

 private:
  std::mt19937_64 engine_;
};

inline sim_stream stream_of(Model& model) {
  sim_stream stream{};
  stream.core = &model.core();
  return stream;
}

// All that a model of one core counted, and what its stream was told.
inline std::vector<std::uint64_t> all_counts(Model& model, const sim_stream& stream) {
  std::vector<std::uint64_t> counts;
  const auto add = [&counts](const auto& table) {
    for (const auto& row : table) counts.insert(counts.end(), std::begin(row), std::end(row));
  };
  add(stream.counts.misses);
  add(model.core().misses);
  counts.insert(counts.end(), std::begin(stream.counts.first_tlb_misses), std::end(stream.counts.first_tlb_misses));
  counts.insert(counts.end(), std::begin(stream.counts.page_walks), std::end(stream.counts.page_walks));
  for (std::uint32_t i = 0; i < model.hierarchy().node_count; ++i) {
    const sim_cache_counts& node = model.hierarchy().nodes[i].cache.counts;
    counts.insert(counts.end(), {node.evictions, node.write_backs, node.back_invalidations, node.invalidations});
  }
  counts.insert(counts.end(), {model.hierarchy().memory_reads, model.hierarchy().memory_writes,
                               model.core().tlb.first_misses, model.core().tlb.walks});
  return counts;
}

}  // namespace countercheck
