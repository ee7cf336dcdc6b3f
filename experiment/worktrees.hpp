#pragma once

#include <memory>
#include <string>
#include <vector>

#include "experiment/interruption.hpp"
#include "experiment/private_folder.hpp"
#include "experiment/repository.hpp"

namespace countercheck {

// Revisions checked out beside each other, to be built and measured, in a private folder that goes with this object,
// whatever ends it. The user's own tree, index and branches are left as they are.
class Worktrees {
 public:
  explicit Worktrees(const Repository& repository);
  ~Worktrees();
  Worktrees(const Worktrees&) = delete;
  Worktrees& operator=(const Worktrees&) = delete;

  // The folder of the revision's tree. All have paths of one length: it is in the environment and often in the program.
  const std::string& add(const Revision& revision);

 private:
  const Repository& repository_;
  Interruption interruption_;
  PrivateFolder folder_;
  std::vector<std::unique_ptr<std::string>> trees_;
};

// Runs a build command, a line for the shell, in a folder. Throws UserError when it fails, with the last lines of its
// output and where the whole is kept.
void build(const Revision& revision, const std::string& folder, const std::string& command);

}  // namespace countercheck
