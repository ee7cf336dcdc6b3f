#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include "simulator/model/machine.h"

namespace countercheck {

// A cache as a textbook draws it, to check the model by: a list of ways in order of use for LRU, a bit for each node of
// the tree for PLRU. Shares no code with the model.
struct SlowLine {
  std::uint64_t line;
  bool dirty = false;
  bool prefetched = false;
  bool taken = false;  // no line any more: another core wrote to it
};

class SlowCache {
 public:
  SlowCache(sim_geometry geometry, std::uint32_t seed);

  SlowLine* find(std::uint64_t line);
  bool was_taken(std::uint64_t line);
  void use(std::uint64_t line);
  void remove(std::uint64_t line);
  void take(std::uint64_t line);
  // Returns the line that had to leave.
  std::optional<SlowLine> insert(const SlowLine& line);

 private:
  struct Set {
    std::vector<std::optional<SlowLine>> ways;
    std::list<std::uint32_t> oldest_first;
    std::map<std::pair<std::uint32_t, std::uint32_t>, bool> left_was_last;  // of the node over these ways
  };
  Set& set_of(std::uint64_t line) { return sets_[line % sets_.size()]; }
  static std::optional<std::uint32_t> way_of(const Set& set, std::uint64_t line, bool taken);
  void used(Set& set, std::uint32_t way) const;
  std::uint32_t victim(Set& set);

  sim_geometry geometry_;
  std::vector<Set> sets_;
  std::minstd_rand random_;
};

}  // namespace countercheck
