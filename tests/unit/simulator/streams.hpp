#pragma once

#include <cstdint>
#include <deque>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "model.hpp"
#include "predictors.hpp"
#include "simulator/model/stream.h"

namespace countercheck {

using Words = std::vector<std::uint64_t>;

// An access of a segment to a run's value of this number, from 1; 0: to `offset` itself.
inline sim_planned_access planned(sim_kind kind, std::uint8_t value, std::uint64_t offset = 0, std::uint32_t bytes = 8,
                                  bool again = false) {
  return {offset, static_cast<std::uint16_t>(bytes - 1), value, static_cast<std::uint8_t>(kind), again};
}

// A segment and its accesses, which must not move while its runs are in use.
class Segment {
 public:
  explicit Segment(std::vector<sim_planned_access> accesses, std::uint8_t values = 0, std::uint32_t number = 0,
                   sim_branch_kind branch = SIM_NO_BRANCH)
      : accesses_(std::move(accesses)) {
    segment_.accesses = accesses_.data();
    segment_.access_count = static_cast<std::uint16_t>(accesses_.size());
    segment_.words = static_cast<std::uint8_t>(1 + values);
    segment_.number = number;
    segment_.pc = 0x400000 + 36 * number;
    segment_.branch = branch;
    segment_.target = branch == SIM_INDIRECT ? values : 0;
  }
  ~Segment() = default;
  Segment(const Segment&) = delete;
  Segment& operator=(const Segment&) = delete;

  const sim_segment& segment() const { return segment_; }

  Words run(const Words& values = {}, bool taken = false) const {
    Words words = {sim_head(&segment_) | std::uint64_t{taken} << SIM_TAKEN_SHIFT};
    words.insert(words.end(), values.begin(), values.end());
    return words;
  }

 private:
  std::vector<sim_planned_access> accesses_;
  sim_segment segment_{};
};

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

constexpr std::uint32_t kSegments = 64;

// Runs as a program makes them: data here and there, code in a few places, branches of every kind.
class RandomRuns {
 public:
  explicit RandomRuns(std::uint64_t seed) : engine_(seed) {
    for (std::uint32_t number = 0; number < kSegments; ++number) add_segment(number);
  }

  std::uint64_t below(std::uint64_t end) { return engine_() % end; }

  Words next() {
    const Segment& segment = segments_[below(kSegments)];
    Words values;
    while (values.size() + 1U < segment.segment().words) values.push_back(address());
    if (segment.segment().branch == SIM_INDIRECT) values.back() = 0x400000 + 36 * below(8);
    return segment.run(values, segment.segment().branch == SIM_CONDITIONAL && below(3) == 0);
  }

  // Of so many words, or a few more.
  std::vector<Words> some(std::uint64_t count) {
    std::vector<Words> runs;
    for (std::uint64_t words = 0; words < count; words += runs.back().size()) runs.push_back(next());
    return runs;
  }

 private:
  std::uint64_t address() { return 0x10000 + below(below(4) == 0 ? 1 << 17 : 1 << 12); }

  sim_planned_access data(std::uint8_t values) {
    const sim_kind kind = below(3) == 0 ? SIM_STORE : SIM_LOAD;
    const std::uint32_t bytes = below(300) == 0 ? 200 : 1U << below(6);
    const auto value = static_cast<std::uint8_t>(below(values + 1U));
    return planned(kind, value, value == 0 ? address() : below(100), bytes, below(2) == 0);
  }

  void add_segment(std::uint32_t number) {
    const auto values = static_cast<std::uint8_t>(1 + below(3));
    std::vector<sim_planned_access> accesses;
    for (std::uint64_t left = 1 + below(3); left > 0; --left) {
      accesses.push_back(planned(SIM_FETCH, 0, 0x400000 + 4 * below(600), 1 + static_cast<std::uint32_t>(below(15))));
      for (std::uint64_t more = below(4); more > 0; --more) accesses.push_back(data(values));
    }
    segments_.emplace_back(accesses, values, number, static_cast<sim_branch_kind>(below(3)));
  }

  std::mt19937_64 engine_;
  std::deque<Segment> segments_;
};

inline Words in_a_row(const std::vector<Words>& runs) {
  Words words;
  for (const Words& run : runs) words.insert(words.end(), run.begin(), run.end());
  return words;
}

// A model, its predictors and how often each segment ran, fed by a stream.
class Fed {
 public:
  explicit Fed(const sim_machine& machine, const sim_branch_geometry& geometry = gshare(6, 5))
      : model(machine), predictors(geometry), runs(kSegments) {
    stream.core = &model.core();
    stream.branches = &predictors.branches();
    stream.runs = runs.data();
    stream.segments = runs.size();
  }

  void replay(const Words& words, sim_parts parts = SIM_WHOLE_RUNS) {
    sim_stream_replay(&stream, parts, words.data(), words.size());
  }

  std::uint64_t accesses() { return model.hierarchy().clock / SIM_TICK - 1; }

  // All that was counted, and what the stream was told.
  std::vector<std::uint64_t> counts() {
    std::vector<std::uint64_t> all = runs;
    const auto add = [&all](const auto& table) {
      for (const auto& row : table) all.insert(all.end(), std::begin(row), std::end(row));
    };
    add(stream.answers.misses);
    add(model.core().misses);
    const auto& answers = stream.answers;
    all.insert(all.end(), std::begin(answers.first_tlb_misses), std::end(answers.first_tlb_misses));
    all.insert(all.end(), std::begin(answers.page_walks), std::end(answers.page_walks));
    all.insert(all.end(), {answers.conditional_misses, answers.indirect_misses});
    for (std::uint32_t i = 0; i < model.hierarchy().node_count; ++i) {
      const sim_cache_counts& node = model.hierarchy().nodes[i].cache.counts;
      all.insert(all.end(), {node.evictions, node.write_backs, node.back_invalidations, node.invalidations});
    }
    all.insert(all.end(), {model.hierarchy().memory_reads, model.hierarchy().memory_writes,
                           model.core().tlb.first_misses, model.core().tlb.walks});
    return all;
  }

  Model model;
  Predictors predictors;
  std::vector<std::uint64_t> runs;
  sim_stream stream{};
};

}  // namespace countercheck
