#include "experiment/worktrees.hpp"

#include <fmt/format.h>

#include "counters/user_error.hpp"
#include "experiment/ending.hpp"
#include "experiment/launch.hpp"

namespace countercheck {
namespace {

constexpr std::size_t kShortCommit = 12;  // digits that are enough to tell any two commits apart, as git has it

}  // namespace

Worktrees::Worktrees(const Repository& repository) : repository_(repository) {}

Worktrees::~Worktrees() {
  for (const auto& tree : trees_) {
    // A second Ctrl-C ends the first try. What is left after the next is for git: it prunes what has no folder.
    for (int attempt = 0; attempt < 2; ++attempt) {
      try {
        repository_.remove_worktree(*tree);
        break;
      } catch (const std::exception&) {
      }
    }
  }
}

const std::string& Worktrees::add(const Revision& revision) {
  Interruption::check();
  trees_.push_back(std::make_unique<std::string>(folder_.path() / fmt::format("tree-{}", trees_.size())));
  repository_.add_worktree(*trees_.back(), revision.commit);
  return *trees_.back();
}

void build(const Revision& revision, const std::string& folder, const std::string& command) {
  Interruption::check();
  Launcher launcher(LaunchSettings{});
  const Sample sample = launcher.launch_with("/bin/sh", {"sh", "-c", command}, variables_of_no_worktree(), folder);
  if (sample.ending == Ending::completed) return;
  const std::string what =
      fmt::format("{} ({}) could not be built: {}", revision.name, revision.commit.substr(0, kShortCommit),
                  explain_ending(sample, Variant{.command = {command}}));
  if (sample.ending == Ending::interrupted) throw UserError(Trouble::interrupted, what, sample.status);
  throw UserError(Trouble::failed, with_output(what, launcher.output()));
}

}  // namespace countercheck
