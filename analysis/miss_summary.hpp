#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/listing.hpp"
#include "analysis/miss_tables.hpp"
#include "experiment/results.hpp"

namespace countercheck {

// Where the misses of one simulated run are: what `countercheck misses` shows. The renderers walk it and compute
// nothing but shares.
struct MissSummary {
  std::string command{};
  std::optional<std::uint64_t> entries{};  // of the marked region; empty: the whole process was counted
  std::size_t processes = 1;               // program images that were summed
  std::size_t threads = 1;
  Simulation simulation{};
  std::optional<ShortRun> shortened{};     // where the run did fewer steps than a measured one
  std::vector<std::string> level_names{};  // as loads and stores meet them: "L1d", "L2", "L3"
  MissTables tables{};
  std::vector<Listing> listings{};
  std::vector<std::string> notes{};  // a sentence each

  bool operator==(const MissSummary&) const = default;
};

}  // namespace countercheck
