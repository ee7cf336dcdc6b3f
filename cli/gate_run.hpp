#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/gate_side.hpp"
#include "experiment/results.hpp"
#include "experiment/worktrees.hpp"

namespace countercheck {

// What is measured for one side of a gate, and what it is, for the reader.
struct MeasuredSide {
  std::string description{};        // "HEAD~1 (1a2b3c4d5e6f: Read ahead)"
  std::vector<Variant> variants{};  // those of a suite; else one
};

// The sides of a gate that are measured: commands as they are, revisions checked out and built. Lives as long as they
// are run: their trees go with it.
class GateRun {
 public:
  // `variants` are run in the tree of each revision, each in its folder, which is named from the root of the tree.
  // Nothing is announced where quiet.
  GateRun(std::string build, std::vector<Variant> variants, bool quiet);

  // In the order of `sides`, without the files. All revisions are looked up before the first is built, and all are
  // built before the first is run. Throws UserError.
  std::vector<MeasuredSide> make(const std::vector<GateSide>& sides);

 private:
  MeasuredSide made(const Revision& revision);

  std::string build_;
  std::vector<Variant> variants_;
  bool quiet_;
  std::optional<Repository> repository_{};
  std::optional<Worktrees> worktrees_{};
};

}  // namespace countercheck
